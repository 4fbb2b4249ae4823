package dev.lifeboat.wal;

import java.util.Locale;

/**
 * The number of a timeline, 1 to 2^32-1. Eight hexadecimal digits in file names, decimal elsewhere.
 *
 * <p>Source: {@code src/include/access/xlogdefs.h}, TimeLineID.
 */
public record TimelineId(long value) implements Comparable<TimelineId> {
    /** The timeline of every cluster that was never promoted. */
    public static final TimelineId FIRST = new TimelineId(1);

    private static final long MAX = 0xFFFFFFFFL;

    public TimelineId {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(value + " is no timeline (1 to " + MAX + ")");
        }
    }

    /** The form in file names: {@code 0000000A}. */
    public String hex() {
        return String.format(Locale.ROOT, "%08X", value);
    }

    @Override
    public int compareTo(TimelineId other) {
        return Long.compare(value, other.value);
    }

    /** The decimal form, as {@code recovery_target_timeline} and history files write it. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
