package dev.lifeboat.ui.timeline.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a region holds of the WAL, over time. Equal neighbours are one run; above the runs stands a
 * pyramid of which states occur in sixteen of them, in sixteen times sixteen and so on: any stretch
 * is answered in a few hundred steps at most, be it of a million segments. Immutable.
 */
public final class Coverage {
    /** What there is of a segment. */
    public enum State {
        HELD(1),
        /** Missing here, but the other region has it. */
        FROM_OTHER(2),
        /** Not here yet, and newer than everything that is. */
        NOT_REPLICATED(4),
        /** Missing here, and the other region could not be asked. */
        UNKNOWN(8),
        /** Proven missing wherever it was looked for. */
        MISSING(16),
        /** The region itself could not be listed. */
        UNLISTED(32);

        private final int bit;

        State(int bit) {
            this.bit = bit;
        }

        /** Its place in the answer of {@link Coverage#states}. */
        public int bit() {
            return bit;
        }

        public boolean isIn(int states) {
            return (states & bit()) != 0;
        }
    }

    private static final int FAN = 16;

    private final long[] from;

    /** Each run's {@link State#bit}. */
    private final byte[] state;

    private final long[] segments;
    private final long end;
    private final List<byte[]> pyramid = new ArrayList<>();

    private Coverage(long[] from, byte[] state, long[] segments, long end) {
        this.from = from;
        this.state = state;
        this.segments = segments;
        this.end = end;
        byte[] below = state;
        pyramid.add(below);
        while (below.length > FAN) {
            below = above(below);
            pyramid.add(below);
        }
    }

    private static byte[] above(byte[] below) {
        byte[] above = new byte[(below.length + FAN - 1) / FAN];
        for (int i = 0; i < below.length; i++) {
            above[i / FAN] |= below[i];
        }
        return above;
    }

    public static Coverage none() {
        return new Builder().build();
    }

    /** Puts a coverage together, in the order of time. */
    public static final class Builder {
        private long[] from = new long[64];
        private byte[] state = new byte[64];
        private long[] segments = new long[64];
        private int size;
        private long end;

        /**
         * Adds what lies between two times. A stretch without length is kept: it may be the only
         * trace of a gap.
         *
         * @param begin not before the end of what was added last
         */
        public Builder add(long begin, long finish, State what, long count) {
            if (finish < begin || (size > 0 && begin < end)) {
                throw new IllegalArgumentException("coverage is added in the order of time");
            }
            if (size > 0 && state[size - 1] == what.bit()) {
                segments[size - 1] += count;
            } else {
                append(begin, what, count);
            }
            end = finish;
            return this;
        }

        private void append(long begin, State what, long count) {
            if (size == from.length) {
                from = Arrays.copyOf(from, size * 2);
                state = Arrays.copyOf(state, size * 2);
                segments = Arrays.copyOf(segments, size * 2);
            }
            from[size] = begin;
            state[size] = (byte) what.bit();
            segments[size] = count;
            size++;
        }

        public Coverage build() {
            return new Coverage(
                    Arrays.copyOf(from, size),
                    Arrays.copyOf(state, size),
                    Arrays.copyOf(segments, size),
                    end);
        }
    }

    /** A stretch of one state. */
    public record Run(Span span, State state, long segments) {}

    /** How many stretches of one state there are. */
    public int size() {
        return from.length;
    }

    public Run run(int index) {
        return new Run(
                new Span(from[index], index + 1 < from.length ? from[index + 1] : end),
                of(state[index]),
                segments[index]);
    }

    private static State of(byte bit) {
        for (State state : State.values()) {
            if (state.bit() == bit) {
                return state;
            }
        }
        throw new IllegalStateException(bit + " is no state");
    }

    public boolean isEmpty() {
        return from.length == 0;
    }

    /** From the first segment to the last; only when there is one. */
    public Span span() {
        return new Span(from[0], end);
    }

    /**
     * Which states occur in a stretch, as {@link State#bit() bits}; 0 outside. A run is counted
     * from where it begins to where the next one does, so none is ever lost between two columns.
     */
    public int states(long begin, long finish) {
        if (from.length == 0 || begin > end || finish <= from[0]) {
            return 0;
        }
        int first = Math.max(0, at(begin));
        while (first > 0 && from[first - 1] == begin && from[first] == begin) {
            first--;
        }
        int last = Math.max(first, at(finish - 1));
        return begin >= end && from[from.length - 1] < begin ? 0 : or(first, last);
    }

    /** The run that covers a time; -1 before the first. The last of those that begin there. */
    int at(long time) {
        int found = Arrays.binarySearch(from, time);
        if (found < 0) {
            return -found - 2;
        }
        while (found + 1 < from.length && from[found + 1] == time) {
            found++;
        }
        return found;
    }

    private int or(int first, int last) {
        int all = 0;
        int low = first;
        int high = last + 1;
        for (int height = 0; low < high; height++) {
            byte[] level = pyramid.get(height);
            boolean top = height == pyramid.size() - 1;
            while (low < high && (top || low % FAN != 0)) {
                all |= level[low++];
            }
            while (low < high && high % FAN != 0) {
                all |= level[--high];
            }
            low /= FAN;
            high /= FAN;
        }
        return all;
    }
}
