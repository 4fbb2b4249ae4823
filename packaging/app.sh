# Finds the program built from the sources as they are now, and builds it when there is none. Sourced by bin/lifeboat.
#
# target/app/HASH/ holds what was built from the sources whose content has that hash: lifeboat.jar, the JDK's ahead-of-time
# cache, and, written last, the class path; target/app/lib/ the libraries of all of them. A running program keeps its own
# version when another is built, and `mvn` in the same checkout builds elsewhere (target/classes).

# find_app: sets $app and $classpath.
find_app() {
  [ -f "$root/pom.xml" ] || stop PROGRAM_MISSING "There is no Lifeboat to run in $root." \
    "It holds no pom.xml, so it is no checkout of Lifeboat." "Run packaging/bin/lifeboat of a complete checkout."
  app=$root/target/app/$(sources)
  if [ ! -r "$app/classpath" ]; then
    build_app
    app=$root/target/app/$(sources)
  fi
  read -r classpath <"$app/classpath"
}

# find_window: sets $modules, the module path of JavaFX, and adds the window's other libraries to $classpath. JavaFX is
# supported on the module path only; the program itself and what has no module descriptor stay on the class path.
find_window() {
  modules=''
  for jar in "$root"/target/app/lib/javafx-*.jar; do modules=$modules${modules:+:}$jar; done
  for jar in "$root"/target/app/lib/controlsfx-*.jar "$root"/target/app/lib/atlantafx-*.jar "$root"/target/app/lib/ikonli-*.jar; do
    classpath=$classpath:$jar
  done
}

# sources: prints the hash of place and content of everything the program is made of.
sources() {
  cd "$root" || exit 1
  if command -v sha256sum >/dev/null; then digest=sha256sum
  elif command -v shasum >/dev/null; then digest='shasum -a 256'
  else digest=cksum; fi
  {
    printf '%s\n' "$root"
    # shellcheck disable=SC2086
    find pom.xml src/main fxml icons .ci/Format.java packaging/app.sh -type f ! -name '.*' ! -name '*~' -exec $digest {} + |
      LC_ALL=C sort
  } | $digest | tr -cd '0-9a-f' | cut -c 1-16
}

build_app() {
  require_jdk javac
  maven=$(find_maven) || stop PROGRAM_MISSING "Lifeboat must be built first, and Maven was not found." \
    "Looked for mvn on PATH (${PATH:-}) and in MAVEN_HOME (${MAVEN_HOME:-not set})." \
    "Install it (Debian, Ubuntu: apt install maven; Fedora: dnf install maven; macOS: brew install maven) and run this again."
  { mkdir -p "$root/target/app" && [ -w "$root/target/app" ]; } 2>/dev/null ||
    stop HOST_FAILURE "Lifeboat must be built first, and this user may not write to $root/target/app." \
      "The sources have changed since the last build, or there was none." \
      "Run as the owner of $root: packaging/bin/lifeboat --version."
  (build_locked) </dev/null >&2 || stop PROGRAM_FAILED "Lifeboat could not be built." \
    "Maven's messages above say why." \
    "Correct it and run this again; to see all of it: cd '$root' && mvn -DskipTests package."
}

find_maven() {
  command -v mvn && return
  [ -n "${MAVEN_HOME:-}" ] && [ -x "$MAVEN_HOME/bin/mvn" ] && printf '%s\n' "$MAVEN_HOME/bin/mvn"
}

# One at a time: who waited finds the work done.
build_locked() {
  trap - EXIT
  umask 022
  cd "$root/target/app" || exit 1
  if command -v flock >/dev/null; then
    exec 9>lock
    flock 9
  else
    lock_link
  fi
  app=$root/target/app/$(sources)
  [ -r "$app/classpath" ] || build
}

# A symbolic link that names its owner as lock, for systems without flock; one whose owner has gone is taken away.
lock_link() {
  until ln -s $$ lock.owner 2>/dev/null; do
    owner=$(readlink lock.owner) || continue
    if alive "$owner"; then sleep 1; else rm -f lock.owner; fi
  done
  trap 'rm -f "$root/target/app/lock.owner"' EXIT
  trap 'exit 1' HUP INT TERM
}

alive() { kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1; }

build() {
  echo "lifeboat: building it from $root (once for these sources; about a minute)"
  for old in build.*; do alive "${old#build.}" || rm -rf "$old"; done
  # Maven's own libraries use what the JDK warns of.
  quiet='--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
  (cd "$root" && JAVA_HOME=$jdk MAVEN_OPTS="${MAVEN_OPTS:-} $quiet" "$maven" -B -q -Dmaven.test.skip=true -Dexec.skip=true \
    "-Dlifeboat.target=$root/target/app/build.$$" package 9>&-) || exit 1
  mkdir -p lib "$app" && mv build.$$/lifeboat-*.jar "$app/lifeboat.jar" || exit 1
  classpath=$app/lifeboat.jar
  window_jars=''
  for jar in build.$$/lib/*.jar; do
    name=${jar##*/}
    [ -e "lib/$name" ] || mv "$jar" lib/ || exit 1
    case $name in
      javafx-* | controlsfx-* | atlantafx-* | ikonli-*) window_jars="$window_jars $name" ;; # commands run without them
      *) classpath=$classpath:$root/target/app/lib/$name ;;
    esac
  done
  keep_one_window
  rm -rf build.$$
  remember_classes
  remember_window
  if [ "$app" != "$root/target/app/$(sources)" ]; then
    echo "lifeboat: the sources changed while it was built; once more"
    app=$root/target/app/$(sources)
    build
    return
  fi
  printf '%s\n' "$classpath" >"$app/classpath.new" && mv "$app/classpath.new" "$app/classpath" || exit 1
  forget_old
}

# The window's libraries are found by their names: of each only the version of this build stays.
keep_one_window() {
  for jar in lib/javafx-*.jar lib/controlsfx-*.jar lib/atlantafx-*.jar lib/ikonli-*.jar; do
    case " $window_jars " in
      *" ${jar#lib/} "*) ;;
      *) rm -f "$jar" ;;
    esac
  done
}

# The JDK's ahead-of-time cache: commands start in a third of the time. Without it they only start slower.
# In two steps, since the one-step form passes the class path by a variable that bears no spaces.
remember_classes() {
  {
    java_once -XX:AOTMode=record "-XX:AOTConfiguration=$app/lifeboat.conf" -cp "$classpath" dev.lifeboat.app.Rehearsal &&
      java_once -XX:AOTMode=create "-XX:AOTConfiguration=$app/lifeboat.conf" "-XX:AOTCache=$app/lifeboat.aot" -cp "$classpath"
  } >"$app/rehearsal.log" 2>&1 9>&- ||
    echo "lifeboat: no start-up cache could be made ($app/rehearsal.log); commands start slower"
  rm -f "$app/lifeboat.conf"
}

# The same for the window, which renders its screens once for it: without a display, with no settings, so that no bucket
# and no database is asked.
remember_window() {
  (
    find_window
    set -- --module-path "$modules" --add-modules javafx.controls,javafx.fxml --enable-native-access=javafx.graphics -cp "$classpath"
    bare() { env -i PATH="$PATH" HOME="$app/rehearsal" LIFEBOAT_HOME="$app/rehearsal" LC_ALL="${LC_ALL:-C.UTF-8}" "$jdk/bin/java" \
      -Xmx512m --enable-native-access=ALL-UNNAMED "$@"; }
    mkdir -p "$app/rehearsal" &&
      bare -XX:AOTMode=record "-XX:AOTConfiguration=$app/window.conf" "$@" dev.lifeboat.app.Main --pictures "$app/rehearsal" &&
      bare -XX:AOTMode=create "-XX:AOTConfiguration=$app/window.conf" "-XX:AOTCache=$app/window.aot" "$@"
  ) >>"$app/rehearsal.log" 2>&1 9>&- ||
    echo "lifeboat: no start-up cache of the window could be made ($app/rehearsal.log); it opens slower"
  rm -rf "$app/window.conf" "$app/rehearsal"
}

java_once() { "$jdk/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED "$@"; }

# Keeps the programs of the last three builds.
forget_old() {
  ls -t ./*/classpath | sed 1,3d | while read -r old; do rm -rf "${old%/classpath}"; done
}
