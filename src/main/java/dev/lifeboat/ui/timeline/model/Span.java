package dev.lifeboat.ui.timeline.model;

/**
 * A stretch of time.
 *
 * @param from its first microsecond
 * @param to the first one behind it; never before {@code from}
 */
public record Span(long from, long to) {
    public Span {
        if (to < from) {
            throw new IllegalArgumentException(from + " to " + to + " is no span");
        }
    }

    public long length() {
        return to - from;
    }

    public boolean contains(long time) {
        return from <= time && time < to;
    }

    public boolean overlaps(Span other) {
        return from < other.to && other.from < to;
    }

    /** The time itself, or the end of the span that is nearest to it. */
    public long clamp(long time) {
        return Math.clamp(time, from, to);
    }
}
