# Sourced by backup.sh and restore.sh: where Lifeboat is, and the settings of a host whose cron gives none.
#
# cron and systemd start a script with a nearly empty environment. What it lacks is taken from
# /etc/lifeboat/environment (NAME=value lines, as wal push and wal fetch read it; never expanded, never executed).
# What is set already wins. LIFEBOAT_ENVIRONMENT names another file; LIFEBOAT another program.
lifeboat=${LIFEBOAT:-$here/../bin/lifeboat}
environment=${LIFEBOAT_ENVIRONMENT:-/etc/lifeboat/environment}

if [ -r "$environment" ]; then
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    case $line in '' | '#'*) continue ;; esac
    line=${line#export }
    name=${line%%=*}
    case $name in '' | [0-9]* | *[!A-Za-z0-9_]*)
      echo "$environment: a line is not NAME=value" >&2
      exit 2 ;;
    esac
    value=${line#*=}
    case $value in
      \"*\") value=${value#\"} value=${value%\"} ;;
      \'*\') value=${value#\'} value=${value%\'} ;;
    esac
    eval "there=\${$name:-}"
    [ -n "$there" ] || [ -z "$value" ] || export "$name=$value"
  done < "$environment"
fi
