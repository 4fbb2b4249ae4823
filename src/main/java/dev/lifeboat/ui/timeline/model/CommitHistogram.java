package dev.lifeboat.ui.timeline.model;

import java.util.Arrays;

/**
 * How many transactions committed in which second, with sums from the left, so that any stretch is
 * counted by two searches. Immutable; sixteen bytes a second in which something was committed.
 *
 * @param seconds since 1970, ascending
 * @param sums of all seconds before that one, and behind the last the sum of all
 * @param known the stretch of which the WAL was read; outside nothing can be said
 */
public record CommitHistogram(long[] seconds, long[] sums, Span known) {
    /**
     * @param seconds since 1970, ascending
     * @param counts of each of them
     */
    public static CommitHistogram of(long[] seconds, long[] counts, Span known) {
        long[] sums = new long[seconds.length + 1];
        for (int i = 0; i < seconds.length; i++) {
            sums[i + 1] = sums[i] + counts[i];
        }
        return new CommitHistogram(seconds.clone(), sums, known);
    }

    /** Commits in every second that begins within the stretch. */
    public long count(long from, long to) {
        return sums[index(to)] - sums[index(from)];
    }

    private int index(long time) {
        int found = Arrays.binarySearch(seconds, Math.ceilDiv(time, Micros.SECOND));
        return found < 0 ? -found - 1 : found;
    }

    /** Whether the WAL of the whole stretch was read. */
    public boolean knows(long from, long to) {
        return known.from() <= from && to <= known.to();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommitHistogram that
                && Arrays.equals(seconds, that.seconds)
                && Arrays.equals(sums, that.sums)
                && known.equals(that.known);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seconds);
    }

    @Override
    public String toString() {
        return sums[seconds.length] + " commits in " + seconds.length + " seconds";
    }
}
