package dev.lifeboat.ui.timeline.model;

import java.util.Arrays;
import java.util.OptionalLong;

/** The exact times of commits where the WAL was read: around the marker. Immutable. */
public final class CommitTimes {
    private final long[] times;
    private final Span known;

    private CommitTimes(long[] times, Span known) {
        this.times = times;
        this.known = known;
    }

    public static CommitTimes none() {
        return new CommitTimes(new long[0], new Span(0, 0));
    }

    /**
     * @param times in any order
     * @param known the stretch that was read
     */
    public static CommitTimes of(long[] times, Span known) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return new CommitTimes(sorted, known);
    }

    public Span known() {
        return known;
    }

    public int size() {
        return times.length;
    }

    /** The commit nearest to a time; empty when none is known that near. */
    public OptionalLong nearest(long time, long within) {
        OptionalLong before = previous(time + 1);
        OptionalLong behind = next(time - 1);
        boolean earlier =
                before.isPresent()
                        && (behind.isEmpty()
                                || time - before.getAsLong() <= behind.getAsLong() - time);
        OptionalLong found = earlier ? before : behind;
        return found.isPresent() && Math.abs(found.getAsLong() - time) <= within
                ? found
                : OptionalLong.empty();
    }

    /** The first known commit behind a time. */
    public OptionalLong next(long time) {
        int at = Arrays.binarySearch(times, time + 1);
        int index = at < 0 ? -at - 1 : first(at);
        return index < times.length ? OptionalLong.of(times[index]) : OptionalLong.empty();
    }

    /** The last known commit before a time. */
    public OptionalLong previous(long time) {
        int at = Arrays.binarySearch(times, time);
        int index = (at < 0 ? -at - 1 : first(at)) - 1;
        return index >= 0 ? OptionalLong.of(times[index]) : OptionalLong.empty();
    }

    private int first(int found) {
        int index = found;
        while (index > 0 && times[index - 1] == times[index]) {
            index--;
        }
        return index;
    }
}
