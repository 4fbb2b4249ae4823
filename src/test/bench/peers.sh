#!/usr/bin/env bash
# Measures Lifeboat beside the tools somebody would pick instead, in one run, on the same data, over the same S3 server.
#
#   peers.sh [SCALE [SEGMENTS [RUNS]]]     pgbench scale (15 MB each), WAL segments to replay, runs of each program
#
# Needs PostgreSQL's programs, pgbackrest, aws (Debian: pgbackrest awscli), openssl, gzip and compiled tests (mvn
# test-compile). As root the server runs as postgres. BENCH names the folder for everything (default: a new one in /var/tmp);
# about six times the data is needed. MEASURES chooses among: restore logical verify push (default: all).
set -euo pipefail

scale=${1:-280} segments=${2:-200} runs=${3:-3}
measures=${MEASURES:-restore logical verify push}
root=$(cd "$(dirname "$0")/../../.." && pwd -P)
lifeboat=$root/packaging/bin/lifeboat
pgbin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
PATH=${LIFEBOAT_PG_BIN:-$pgbin}:$PATH
bench=${BENCH:-$(mktemp -d /var/tmp/lifeboat-bench.XXXXXX)}
mkdir -p "$bench" && chmod 755 "$bench"
[ -e "$bench/port" ] || echo $((20000 + $$ % 20000)) >"$bench/port"
port=$(cat "$bench/port") s3=$((port + 1)) tls=$((port + 2))

if [ "$(id -u)" -eq 0 ]; then as() { setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$bench/home" "$@"; }
else as() { "$@"; }; fi

say() { printf '%s\n' "$*" >&2; }
now() { date +%s.%N; }
# timed NAME COMMAND...: appends "NAME SECONDS" to the results.
timed() {
  local name=$1 from to; shift
  from=$(now)
  "$@" >"$bench/last.log" 2>&1 || { say "$name failed:"; tail -n 20 "$bench/last.log" >&2; exit 1; }
  to=$(now)
  awk -v n="$name" -v a="$from" -v b="$to" 'BEGIN{printf "%s %.2f\n", n, b-a}' | tee -a "$bench/results" >&2
}
median() { awk -v n="$1" '$1==n{print $2}' "$bench/results" | sort -n | awk '{v[NR]=$1} END{if(NR) print v[int((NR+1)/2)]}'; }

stop_all() {
  as pg_ctl -D "$bench/source" -m immediate stop >/dev/null 2>&1 || true
  as pg_ctl -D "$bench/tmp/copy" -m immediate stop >/dev/null 2>&1 || true
  exec 7>&- || true
}
trap stop_all EXIT

# --- the S3 server -------------------------------------------------------------------------------------------------
mkdir -p "$bench/s3" "$bench/home" "$bench/tmp" && chmod 777 "$bench/home" "$bench/tmp"
. "$root/packaging/jdk.sh"; require_jdk java
"$lifeboat" --version >&2
[ -e "$bench/keys.p12" ] || "$jdk/bin/keytool" -genkeypair -alias bench -keyalg RSA -dname CN=127.0.0.1 -validity 30 \
  -storetype PKCS12 -keystore "$bench/keys.p12" -storepass changeit >/dev/null 2>&1
mkfifo "$bench/stdin.$$"
"$jdk/bin/java" -Xmx2g -cp "$root/target/test-classes:$root/target/classes:$(printf "%s:" "$root"/target/app/lib/*.jar)" \
  dev.lifeboat.bench.BenchServer "$bench/s3" $s3 $tls "$bench/keys.p12" changeit backups wal pushed pgbackrest \
  <"$bench/stdin.$$" >"$bench/s3.log" 2>&1 &
exec 7>"$bench/stdin.$$"
until grep -q ready "$bench/s3.log"; do sleep 0.2; done

# --- how each of them is set up ------------------------------------------------------------------------------------
socket=$bench/tmp
[ -e "$bench/key" ] || head -c 32 /dev/urandom | base64 >"$bench/key"
chmod 644 "$bench/key"
cat >"$bench/env.sh" <<SETTINGS
export PATH=$PATH AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench-secret AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
export DATABASE_URL='postgresql://postgres@/bench?host=$socket&port=$port'
export BACKUP_BUCKET=backups BACKUP_WAL_BUCKET=wal BACKUP_REGION=us-east-1 BACKUP_ENDPOINT_URL=http://127.0.0.1:$s3
export BACKUP_ENCRYPTION_KEY=file:$bench/key LIFEBOAT_HOME=$bench/home/lifeboat BACKUP_LOG_DIR=$bench/home/logs
SETTINGS
. "$bench/env.sh"
aws_s3() { aws --endpoint-url "http://127.0.0.1:$s3" s3 "$@"; }
cat >"$bench/pgbackrest.conf" <<SETTINGS
[global]
repo1-type=s3
repo1-path=/repo
repo1-s3-bucket=pgbackrest
repo1-s3-endpoint=127.0.0.1
repo1-s3-region=us-east-1
repo1-s3-key=bench
repo1-s3-key-secret=bench-secret
repo1-s3-uri-style=path
repo1-storage-host=127.0.0.1
repo1-storage-port=$tls
repo1-storage-verify-tls=n
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=bench
compress-type=zst
process-max=2
archive-async=y
spool-path=$bench/tmp/spool
lock-path=$bench/tmp/lock
log-path=$bench/tmp
log-level-console=warn
start-fast=y
[bench]
pg1-path=$bench/source
pg1-port=$port
pg1-socket-path=$socket
SETTINGS
backrest() { as pgbackrest --config="$bench/pgbackrest.conf" --stanza=bench "$@"; }
psql_source() { as psql -X -q -h "$socket" -p $port -U postgres "$@"; }

# --- the data ------------------------------------------------------------------------------------------------------
if [ ! -e "$bench/ready" ]; then
  mkdir -p "$bench/source" && { [ "$(id -u)" -ne 0 ] || chown postgres "$bench/source" "$bench/home"; }
  as initdb -D "$bench/source" -U postgres --data-checksums >/dev/null
  cat >>"$bench/source/postgresql.conf" <<SETTINGS
port = $port
unix_socket_directories = '$socket'
listen_addresses = ''
shared_buffers = 1GB
max_wal_size = 8GB
checkpoint_timeout = 1h
archive_mode = on
archive_command = 'true'
SETTINGS
  as pg_ctl -D "$bench/source" -w -l "$bench/tmp/source.log" start >/dev/null
  as createdb -h "$socket" -p $port -U postgres bench
  as pgbench -h "$socket" -p $port -U postgres -i -q -s "$scale" bench >/dev/null 2>&1
  backrest stanza-create
  psql_source -c "alter system set archive_command = '. $bench/env.sh && $lifeboat wal push %p && pgbackrest --config=$bench/pgbackrest.conf --stanza=bench archive-push %p'" -c 'select pg_reload_conf()' bench >/dev/null
  timed base-lifeboat "$lifeboat" backup base
  timed base-pgbackrest backrest --type=full backup
  from=$(psql_source -Atc "select pg_current_wal_lsn()" bench)
  while [ "$(psql_source -Atc "select (pg_current_wal_lsn() - '$from') / 16777216 >= $segments" bench)" != t ]; do
    as pgbench -h "$socket" -p $port -U postgres -n -c 4 -j 2 -T 10 bench >/dev/null 2>&1
  done
  psql_source -Atc "select pg_switch_wal()" bench >/dev/null
  say "waiting for the archive"
  last=$(psql_source -Atc "select pg_walfile_name(pg_current_wal_lsn() - 1)" bench)
  until [ "$(psql_source -Atc "select last_archived_wal >= '$last' from pg_stat_archiver" bench)" = t ]; do sleep 1; done
  psql_source -Atc "select count(*), sum(abalance), (select count(*) from pgbench_history) from pgbench_accounts" bench >"$bench/rows"
  as pg_ctl -D "$bench/source" -m fast -w stop >/dev/null
  touch "$bench/ready"
fi

# --- restore: base and WAL, until the server takes writes ----------------------------------------------------------
restore_lifeboat() {
  as env LIFEBOAT_HOME="$bench/home/restoring" "$lifeboat" restore latest --target latest --action promote --into "$bench/tmp/copy" --port $((port + 3)) --jobs 2
}
restore_pgbackrest() {
  backrest --pg1-path="$bench/tmp/copy" --type=default restore || return 1
  as sh -c "cat >>'$bench/tmp/copy/postgresql.conf'" <<SETTINGS
port = $((port + 3))
archive_mode = off
SETTINGS
  as pg_ctl -D "$bench/tmp/copy" -t 3600 -w -l "$bench/tmp/copy.log" start 7>&- || return 1
  while as pg_ctl -D "$bench/tmp/copy" status >/dev/null; do
    [ "$(as psql -X -Atq -h "$socket" -p $((port + 3)) -U postgres -c 'select pg_is_in_recovery()' postgres 2>/dev/null)" = f ] && return 0
    sleep 0.1
  done
  return 1
}
writes_lifeboat() { # SINCE: when the journal tells of the promotion; what follows are the checks after a restore
  local at; at=$(sed -n 's/^{"at":"\([^"]*\)","event":"promoted".*/\1/p' "$bench"/home/restoring/restores/*/journal.jsonl)
  awk -v a="$1" -v b="$(date -d "$at" +%s.%N)" 'BEGIN{printf "writes-lifeboat %.2f\n", b-a}' | tee -a "$bench/results" >&2
}
same_rows() { # SOCKET PORT
  [ "$(as psql -X -Atq -h "$1" -p "$2" -U postgres -c "select count(*), sum(abalance), (select count(*) from pgbench_history) from pgbench_accounts" bench)" = "$(cat "$bench/rows")" ] || { say "the rows differ"; exit 1; }
}
forget_copy() { as pg_ctl -D "$bench/tmp/copy" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$bench/tmp/copy" "$bench/tmp"/copy_* "$bench/tmp/spool"; }
case " $measures " in *' restore '*)
  for _ in $(seq "$runs"); do
    sync; forget_copy
    mkdir -p "$bench/tmp/copy" && chmod 700 "$bench/tmp/copy" && { [ "$(id -u)" -ne 0 ] || chown postgres "$bench/tmp/copy"; }
    rm -rf "$bench/home/restoring"; began=$(now)
    timed restore-lifeboat restore_lifeboat; writes_lifeboat "$began"
    running=$(sed -n 4p "$bench/tmp/copy/postmaster.pid") sock=$(sed -n 5p "$bench/tmp/copy/postmaster.pid")
    same_rows "$sock" "$running"
    sync; forget_copy
    timed restore-pgbackrest restore_pgbackrest
    same_rows "$socket" $((port + 3))
    forget_copy
  done ;;
esac

# --- logical -------------------------------------------------------------------------------------------------------
need_source() { as pg_ctl -D "$bench/source" -w -l "$bench/tmp/source.log" start >/dev/null 2>&1 || true; psql_source -c "alter system set archive_command = 'true'" -c 'select pg_reload_conf()' bench >/dev/null; }
logical_key() { aws_s3 ls --recursive s3://backups/backups/full/ | awk '{print $4}' | grep '\.dump\.enc$' | tail -n 1; }
into() { printf 'postgresql://postgres@/%s?host=%s&port=%d' "$1" "$socket" "$port"; }
logical_lifeboat() { "$lifeboat" restore latest --database-url "$(into logical)" --jobs 2; }
logical_pipe() {
  as createdb -h "$socket" -p $port -U postgres logical || return 1
  aws_s3 cp "s3://backups/$(logical_key)" - | openssl enc -d -aes-256-cbc -pbkdf2 -pass "file:$bench/key" | as pg_restore -h "$socket" -p $port -U postgres -d logical
}
case " $measures " in *' logical '*)
  need_source
  [ -n "$(logical_key || true)" ] || timed full-lifeboat "$lifeboat" backup full
  for _ in $(seq "$runs"); do
    psql_source -c 'drop database if exists logical' postgres; timed logical-lifeboat logical_lifeboat
    psql_source -c 'drop database if exists logical' postgres; timed logical-pipe logical_pipe
  done
  psql_source -c 'drop database if exists logical' postgres ;;
esac

# --- verify: the object that the scripts of the runbook write --------------------------------------------------------
dump=backups/full/20260407/bench_full_20260407_120000.sql.gz.enc
verify_lifeboat() { "$lifeboat" verify "s3://backups/$dump" --level readable; }
verify_pipe() { aws_s3 cp "s3://backups/$dump" - | openssl enc -d -aes-256-cbc -pbkdf2 -pass "file:$bench/key" | gzip -t; }
case " $measures " in *' verify '*)
  need_source
  as pg_dump -h "$socket" -p $port -U postgres bench | gzip -6 | openssl enc -aes-256-cbc -pbkdf2 -salt -pass "file:$bench/key" >"$bench/tmp/dump"
  aws_s3 cp --quiet "$bench/tmp/dump" "s3://backups/$dump"
  say "verify: $(stat -c %s "$bench/tmp/dump") bytes stored"; rm "$bench/tmp/dump"
  for _ in $(seq "$runs"); do timed verify-lifeboat verify_lifeboat; timed verify-pipe verify_pipe; done
  aws_s3 rm --quiet "s3://backups/$dump" ;;
esac

# --- push: a backlog of twenty segments, called as the server's archiver calls: in its data directory, one by one -----
pushed() { # COMMAND: for each ready segment, which is done afterwards
  cd "$bench/tmp/push"
  for f in $segments20; do as touch "pg_wal/archive_status/$f.ready"; done
  for f in $segments20; do
    as env BACKUP_WAL_BUCKET=pushed LIFEBOAT_HOME="$bench/home/pushing" BACKUP_LOG_DIR="$bench/home/pushing/logs" bash -c "$1" - "pg_wal/$f" "$lifeboat" "$bench" || return 1
    as mv "pg_wal/archive_status/$f.ready" "pg_wal/archive_status/$f.done"
  done
}
push_lifeboat() (pushed '"$2" wal push "$1"')
push_pipe() (pushed 'zstd -q -c "$1" | openssl enc -aes-256-cbc -pbkdf2 -salt -pass "file:$3/key" | aws --endpoint-url "$BACKUP_ENDPOINT_URL" s3 cp --quiet - "s3://pushed/pipe/${1##*/}.zst.enc"')
case " $measures " in *' push '*)
  segments20=$(aws_s3 ls s3://wal/wal/ | awk '{print $4}' | sed -n 's/^\([0-9A-F]\{24\}\)\.zst\.enc$/\1/p' | tail -n 20)
  mkdir -p "$bench/tmp/push/pg_wal/archive_status" "$bench/tmp/push/global"
  cp "$bench/source/PG_VERSION" "$bench/tmp/push/"
  cp "$bench/source/global/pg_control" "$bench/tmp/push/global/"
  [ "$(id -u)" -ne 0 ] || chown -R postgres "$bench/tmp/push"
  for f in $segments20; do [ -e "$bench/tmp/push/pg_wal/$f" ] || as "$lifeboat" wal fetch "$f" "$bench/tmp/push/pg_wal/$f"; done
  for _ in $(seq "$runs"); do
    aws_s3 rm --quiet --recursive s3://pushed
    rm -rf "$bench/home/pushing"
    timed push-lifeboat push_lifeboat
    timed push-pipe push_pipe
  done ;;
esac

# --- the figures -----------------------------------------------------------------------------------------------------
row() { local a b; a=$(median "$1") b=$(median "$2"); [ -z "$a" ] || [ -z "$b" ] || awk -v n="$3" -v a="$a" -v b="$b" 'BEGIN{printf "| %s | %.1f s | %.1f s | %.2f |\n", n, a, b, a/b}'; }
echo "| what | Lifeboat | the other | ratio |"
echo "|---|---|---|---|"
row base-lifeboat base-pgbackrest "base backup, pgBackRest"
row writes-lifeboat restore-pgbackrest "restore, base and $segments segments, until it takes writes, pgBackRest"
row restore-lifeboat restore-pgbackrest "the same, and the checks after the restore"
row logical-lifeboat logical-pipe "logical restore, aws, openssl, pg_restore"
row verify-lifeboat verify-pipe "verify, aws, openssl, gzip -t"
row push-lifeboat push-pipe "push of 20 segments, zstd, openssl, aws"
say "Everything is in $bench; remove it when done."
