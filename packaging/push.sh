# Answers `wal push pg_wal/NAME` without a virtual machine when the resident pusher has made that file durable already.
# Sourced by bin/lifeboat, in the server's data directory; goes on when it has no answer.
#
# LIFEBOAT_HOME/push/DIRECTORY/ is the resident's folder (dev.lifeboat.backup.push.PushFolder). A marker in its durable/
# holds two lines: what the file was like when it was pushed (size, inode, time of modification), and the stamp, which is
# everything that decides where it was pushed to. Only a marker that agrees in both, and is fresh, is an answer.

push_path=''
push_profile=${LIFEBOAT_PROFILE:-}
words=0
expected=''
for word in "$@"; do
  if [ "$expected" = profile ]; then
    push_profile=$word
    expected=''
    continue
  fi
  case $word in
    --profile) expected=profile ;;
    --profile=*) push_profile=${word#--profile=} ;;
    -*) ;;
    *)
      words=$((words + 1))
      [ "$words" -ne 3 ] || push_path=$word ;;
  esac
done

# facts FILE: size, inode and time of modification, by GNU's stat or by BSD's.
facts() { stat -c '%s %i %.9Y' -- "$1" 2>/dev/null || stat -f '%z %i %Fm' -- "$1" 2>/dev/null; }

settings_facts() {
  for settings in "${XDG_CONFIG_HOME:-${HOME:-}/.config}/lifeboat/profiles.yaml" /etc/lifeboat/profiles.yaml \
    /etc/lifeboat/environment "${AWS_CONFIG_FILE:-${HOME:-}/.aws/config}"; do
    [ ! -e "$settings" ] || printf '%s %s ' "$settings" "$(facts "$settings")"
  done
}

# No secret is in the stamp: another key or other credentials do not change where a file is durable.
make_stamp() {
  stamp="2|$root|$push_profile|${BACKUP_BUCKET:-}|${BACKUP_WAL_BUCKET:-}|${BACKUP_PREFIX:-}|${BACKUP_REGION:-}"
  stamp="$stamp|${BACKUP_ENDPOINT_URL:-}|${BACKUP_PATH_STYLE:-}|${BACKUP_SECONDARY_BUCKET:-}"
  stamp="$stamp|${BACKUP_SECONDARY_WAL_BUCKET:-}|${BACKUP_SECONDARY_REGION:-}|${BACKUP_SECONDARY_ENDPOINT_URL:-}"
  stamp="$stamp|${BACKUP_SECONDARY_PROFILE:-}|${AWS_PROFILE:-}|${AWS_REGION:-}|${AWS_DEFAULT_REGION:-}"
  stamp="$stamp|${AWS_ENDPOINT_URL_S3:-}|${AWS_ENDPOINT_URL:-}|${AWS_IGNORE_CONFIGURED_ENDPOINT_URLS:-}"
  stamp="$stamp|$(settings_facts)"
}

# As dev.lifeboat.settings.Directories has it.
find_home() {
  case ${LIFEBOAT_HOME:-} in
    /*) home=$LIFEBOAT_HOME; return ;;
    ?*) home=$directory/$LIFEBOAT_HOME; return ;;
  esac
  case ${XDG_STATE_HOME:-} in /*) home=$XDG_STATE_HOME/lifeboat; return ;; esac
  if [ -d "/Library/Application Support" ]; then
    home="${HOME:-}/Library/Application Support/lifeboat"
    [ "$(id -u)" -ne 0 ] || home="/Library/Application Support/lifeboat"
  else
    home=${HOME:-}/.local/state/lifeboat
    [ "$(id -u)" -ne 0 ] || home=/var/lib/lifeboat
  fi
}

# find_folder: the resident's folder of this data directory: its path, slashes replaced.
find_folder() {
  old=$IFS
  IFS=/
  set -f
  # shellcheck disable=SC2086
  set -- ${directory#/}
  IFS=%
  folder="$home/push/$*"
  IFS=$old
  set +f
}

# The resident sees the same file marked ready: it is faster than a virtual machine.
await_marker() {
  [ -e "pg_wal/archive_status/$name.ready" ] || return 1
  { read -r resident <"$folder/pid" && kill -0 "$resident"; } 2>/dev/null || return 1
  tries=0
  while [ "$tries" -lt 150 ]; do
    [ ! -f "$marker" ] || return 0
    [ ! -e "$folder/failed/$name" ] || return 1
    sleep 0.02 2>/dev/null || return 1
    tries=$((tries + 1))
  done
  return 1
}

is_durable() {
  case $push_path in
    pg_wal/*/*) return 1 ;;
    pg_wal/?*) name=${push_path#pg_wal/} ;;
    *) return 1 ;;
  esac
  { [ "$json" = no ] && [ "$words" -eq 3 ] && [ -O "$folder" ]; } || return 1
  marker=$folder/durable/$name
  [ -f "$marker" ] || await_marker || return 1
  { IFS= read -r was && IFS= read -r under; } <"$marker" || return 1
  now=$(facts "$push_path") || return 1
  { [ -n "$now" ] && [ "$was" = "$now" ] && [ "$under" = "$stamp" ]; } || return 1
  [ -n "$(find "$marker" -prune -mmin -10 2>/dev/null)" ]
}

directory=$(pwd -P)
unset LIFEBOAT_PUSH_STAMP
make_stamp
case $stamp in
  *'
'*) ;;
  *)
    LIFEBOAT_PUSH_STAMP=$stamp
    export LIFEBOAT_PUSH_STAMP
    find_home
    find_folder
    if is_durable; then
      trap - EXIT
      exit 0
    fi ;;
esac
