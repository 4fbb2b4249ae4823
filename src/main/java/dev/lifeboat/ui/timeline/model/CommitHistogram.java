package dev.lifeboat.ui.timeline.model;

import java.util.Arrays;

/**
 * How many transactions committed in which second, with sums from the left, so that any stretch is
 * counted by two searches. Immutable; sixteen bytes a second in which something was committed.
 */
public final class CommitHistogram {
    private final long[] seconds;
    private final long[] sums;
    private final Span known;

    private CommitHistogram(long[] seconds, long[] sums, Span known) {
        this.seconds = seconds;
        this.sums = sums;
        this.known = known;
    }

    /**
     * @param seconds since 1970, ascending
     * @param counts of each of them
     * @param known the stretch of which the WAL was read; outside nothing can be said
     */
    public static CommitHistogram of(long[] seconds, long[] counts, Span known) {
        long[] sums = new long[seconds.length + 1];
        for (int i = 0; i < seconds.length; i++) {
            sums[i + 1] = sums[i] + counts[i];
        }
        return new CommitHistogram(seconds.clone(), sums, known);
    }

    /** The stretch of which the WAL was read. */
    public Span known() {
        return known;
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
    public String toString() {
        return sums[seconds.length] + " commits in " + seconds.length + " seconds";
    }
}
