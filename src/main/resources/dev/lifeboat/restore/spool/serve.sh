# serve RUN FILE PATH: the answer to one restore_command of the recovering server.
#
# RUN   the spool's folder for this start of the server
# FILE  what the server asks for (%f)
# PATH  where it wants it, relative to its data directory (%p)
#
# Exit status 90: served. 91: known not to be needed, or at hand in the server's own folder.
# Anything else, whatever caused it, means "could not know". The line in restore_command turns 90
# into 0, 91 into 1 and all the rest into 255, because PostgreSQL takes 1 to 125 for the end of WAL
# and 0 for served; so a script that was cut off, or a shell that fails, ends nothing.
set -u
LC_ALL=C
PATH=/usr/bin:/bin:/usr/sbin:/sbin
run=$1
file=$2
path=$3
SERVED=90
NOT_NEEDED=91
UNKNOWN=255

# Only names of segments and histories are PostgreSQL's.
case ${file%.history} in
    '' | *[!0-9A-F]*) exit $UNKNOWN ;;
esac

# The list of what the plan needs is complete only when its last line is there.
grep -q -x -F -e "$file" "$run/needed"
case $? in
    0) ;;
    1) grep -q -x -F -e "end of list" "$run/needed" && exit $NOT_NEEDED
       exit $UNKNOWN ;;
    *) exit $UNKNOWN ;;
esac

# Histories are asked for more than once, and were all placed before the start.
case $file in
    *.history)
        cp "$run/ready/$file" "$path" && exit $SERVED
        exit $UNKNOWN ;;
esac

asked=
beat=
still=0
PATIENCE=600
while :; do
    if [ -e "$run/ready/$file" ]; then
        [ -z "$asked" ] || rm -f "$run/wanted/$file" || exit $UNKNOWN
        # A rename. Never a hard link: the server later overwrites recycled segments.
        mv -f "$run/ready/$file" "$path" && : > "$run/served/$file" && exit $SERVED
        exit $UNKNOWN
    fi
    if [ -e "$run/served/$file" ] && [ -e "${path%/*}/$file" ]; then
        exit $NOT_NEEDED
    fi
    if [ -e "$run/unknown/$file" ] || [ -e "$run/closed" ]; then
        exit $UNKNOWN
    fi
    [ -n "$asked" ] || : > "$run/wanted/$file" || exit $UNKNOWN
    asked=yes
    # An engine that lives changes the heartbeat every second.
    IFS= read -r now < "$run/heartbeat" || exit $UNKNOWN
    if [ "$now" = "$beat" ]; then
        still=$((still + 1))
    else
        beat=$now
        still=0
    fi
    [ $still -lt $PATIENCE ] || exit $UNKNOWN
    sleep 0.025 || exit $UNKNOWN
done
