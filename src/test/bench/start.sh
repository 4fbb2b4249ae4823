#!/usr/bin/env bash
# From the start of the console's process to its first frame and its first answer:  start.sh [RUNS]
#
# Needs a display (or Xvfb), the launcher's build, and an environment or LIFEBOAT_PROFILE whose health was read before on this machine,
# for example that of a sandbox (`packaging/bin/lifeboat demo`). The virtual machine is started as packaging/bin/lifeboat starts it.
set -euo pipefail

root=$(cd "$(dirname "$0")/../../.." && pwd -P)
stop() { printf '%s\n' "$@" >&2; exit 1; }
. "$root/packaging/jdk.sh"; . "$root/packaging/app.sh"
require_jdk java; find_app; find_window
cd "$root"
[ -e target/test-classes/dev/lifeboat/bench/StartBench.class ] || mvn -q -B test-compile >&2
for _ in $(seq "${1:-5}"); do
  "$jdk/bin/java" -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED -Xmx512m "-XX:AOTCache=$app/window.aot" \
    --module-path "$modules" --add-modules javafx.controls,javafx.fxml --enable-native-access=javafx.graphics \
    "-Dlifeboat.launcher=$root/packaging/bin/lifeboat" -Dlifeboat.terminals= -Dlifeboat.columns=80 \
    -cp "$classpath:target/test-classes" dev.lifeboat.bench.StartBench
done
