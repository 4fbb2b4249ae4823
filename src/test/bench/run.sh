#!/usr/bin/env bash
# Runs one of the benchmarks that are classes:  run.sh CLASS [ARGUMENT...]
#
# CLASS as docs/benchmarks.md names it, for example dev.lifeboat.bench.WalReadBench. JAVA_OPTS takes further options of the virtual machine.
set -euo pipefail

root=$(cd "$(dirname "$0")/../../.." && pwd -P)
. "$root/packaging/jdk.sh"; require_jdk java
cd "$root"
mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$root/target/bench.classpath" >&2
# shellcheck disable=SC2086
exec "$jdk/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED -Dglass.platform=Headless -Dprism.order=sw ${JAVA_OPTS:-} \
  -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" "$@"
