#!/bin/sh
# The runbook's backup.sh: its arguments, unchanged, and those its schedules lack. Answers with Lifeboat's exit codes.
set -eu
here=$(dirname "$(readlink -f "$0")")

usage() {
  cat <<'TEXT'
Usage: backup.sh full | base | config | wal | cleanup | verify | restore-test [OPTIONS OF LIFEBOAT]
  full     a logical backup of the database (daily, 02:00 UTC)
  base     a physical backup of the cluster: what point-in-time recovery starts from (daily, 03:00 UTC)
  config   the server's configuration files (weekly)
  wal      what was committed so far reaches the archive (hourly)
  cleanup  removes what retention lets go, exactly as `lifeboat cleanup` shows it (daily, 04:00 UTC)
  verify   proves that the newest full can be read (daily, 05:00 UTC)
  restore-test  restores the newest full into a server made for it, looks at it, removes it (weekly)
TEXT
}

case ${1:-} in
  full | base | config | wal | cleanup | verify | restore-test) what=$1 && shift ;;
  -h | --help) usage && exit 0 ;;
  *) usage >&2 && exit 2 ;;
esac
. "$here/settings.sh"

case $what in
  cleanup) exec "$lifeboat" cleanup --apply "$@" ;;
  verify) exec "$lifeboat" verify latest "$@" ;;
  restore-test) exec "$lifeboat" verify latest --level restored "$@" ;;
  *) exec "$lifeboat" backup "$what" "$@" ;;
esac
