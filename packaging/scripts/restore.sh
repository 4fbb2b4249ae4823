#!/bin/sh
# The runbook's restore.sh: its arguments, unchanged. Answers with Lifeboat's exit codes.
#
# A database that holds tables, or a directory that holds files, is never touched without its name: on a terminal it is
# asked for; elsewhere the command stops (5) and prints the --confirm to give.
set -eu
here=$(dirname "$(readlink -f "$0")")

usage() {
  cat <<'TEXT'
Usage: restore.sh latest | s3://BUCKET/KEY | FILE | ID [--target-time TIME] [OPTIONS OF LIFEBOAT]
       restore.sh [latest | s3://BUCKET/KEY | FILE | ID] --verify-only
  latest          the newest full backup, into DATABASE_URL
  --target-time   to this moment instead, from a base and WAL ("2026-04-07 14:30:00" is UTC), into a directory of its own
  --verify-only   proves that the backup can be read, and restores nothing
TEXT
}

verify=no
count=$#
while [ "$count" -gt 0 ]; do
  word=$1
  shift
  count=$((count - 1))
  case $word in
    -h | --help) usage && exit 0 ;;
    --verify-only) verify=yes ;;
    *) set -- "$@" "$word" ;;
  esac
done
if [ "$#" -eq 0 ] && [ "$verify" = no ]; then
  usage >&2
  exit 2
fi
. "$here/settings.sh"

if [ "$verify" = yes ]; then
  exec "$lifeboat" verify "$@"
fi
exec "$lifeboat" restore "$@"
