# Finds a JDK. Sourced by bin/lifeboat.

JAVA_NEEDED=25
FOLDERS=${LIFEBOAT_JDK_FOLDERS-/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/opt/java:/opt:/Library/Java/JavaVirtualMachines:${HOME:-}/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt:${HOME:-}/.sdkman/candidates/java:${HOME:-}/.asdf/installs/java:${HOME:-}/.jdks}

# require_jdk PROGRAM: sets $jdk to the first home that is new enough and has the program, or stops.
require_jdk() {
  find_jdk "$1" || stop PROGRAM_MISSING \
    "No JDK $JAVA_NEEDED or newer with '$1' was found." \
    "Looked in JAVA_HOME (${JAVA_HOME:-not set}), on PATH and in $FOLDERS." \
    "Install one and, if it lies elsewhere, set JAVA_HOME to it. Debian, Ubuntu: apt install openjdk-25-jdk (or temurin-25-jdk from Adoptium); Fedora: dnf install java-25-openjdk-devel; macOS: brew install --cask temurin@25; anywhere: sdk install java 25-tem."
}

# major HOME: sets $major to the Java version of that home, 0 when it is none.
major() {
  major=0
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS='=' read -r name value; do
      if [ "$name" = JAVA_VERSION ]; then
        value=${value#\"}
        major=${value%%[!0-9]*}
      fi
    done <"$1/release"
  else
    major=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
    major=${major%%[!0-9]*}
  fi
  major=${major:-0}
}

find_jdk() {
  for home in "${JAVA_HOME:-}" "$(on_path)" "$(named_by_macos)"; do
    [ -z "$home" ] || ! suits "$home" "$1" || return 0
  done
  old=$IFS
  IFS=:
  set -f
  # shellcheck disable=SC2086
  set -- "$1" $FOLDERS
  set +f
  IFS=$old
  program=$1
  shift
  for folder in "$@"; do
    for home in "$folder" "$folder"/* "$folder"/*/Contents/Home "$folder"/*/libexec/openjdk.jdk/Contents/Home; do
      ! suits "$home" "$program" || return 0
    done
  done
  jdk=''
  return 1
}

suits() {
  [ -x "$1/bin/$2" ] || return 1
  major "$1"
  [ "$major" -ge "$JAVA_NEEDED" ] && jdk=$1
}

on_path() {
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  case $java in /usr/bin/java) ;; *) dirname "$(dirname "$java")" ;; esac
}

named_by_macos() {
  [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v "$JAVA_NEEDED+" 2>/dev/null
}
