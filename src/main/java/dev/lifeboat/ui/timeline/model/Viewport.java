package dev.lifeboat.ui.timeline.model;

/**
 * What part of the time is shown on how many pixels. Immutable. The middle of the picture always
 * lies within the limits, so that nobody loses the data by panning.
 *
 * @param from the time at the left edge
 * @param length how much time is shown, {@link #SHORTEST} to {@link #LONGEST}
 * @param width of the picture in pixels, at least 1
 * @param limits where there is something to see
 */
public record Viewport(long from, long length, double width, Span limits) {
    public static final long SHORTEST = 5 * Micros.SECOND;
    public static final long LONGEST = 90 * Micros.DAY;

    public Viewport {
        width = Math.max(1, width);
        length = Math.clamp(length, SHORTEST, LONGEST);
        long middle = limits.clamp(from + length / 2);
        from = middle - length / 2;
    }

    /** All of the limits, with a little room on both sides. */
    public static Viewport all(Span limits, double width) {
        return new Viewport(0, SHORTEST, width, limits).fitting(limits);
    }

    public long to() {
        return from + length;
    }

    public Span visible() {
        return new Span(from, to());
    }

    /**
     * The pixel of a time, counted from the left edge; outside the picture for what is not shown.
     */
    public double x(long time) {
        return (time - from) * (width / length);
    }

    /** The time at a pixel. */
    public long time(double x) {
        return from + Math.round(x * (length / width));
    }

    /** How much time a pixel stands for. */
    public double microsPerPixel() {
        return length / width;
    }

    /**
     * Shows more or less time; what is at the pixel stays there unless a limit moves it.
     *
     * @param factor below 1 shows less
     */
    public Viewport zoomed(double x, double factor) {
        long fixed = time(x);
        long longer = Math.clamp(Math.round(length * factor), SHORTEST, LONGEST);
        return new Viewport(fixed - Math.round(longer * (x / width)), longer, width, limits);
    }

    /** Moves what is shown to the left by so many pixels. */
    public Viewport panned(double pixels) {
        return new Viewport(from + Math.round(pixels * microsPerPixel()), length, width, limits);
    }

    /** Shows the span with a tenth of room around it. */
    public Viewport fitting(Span span) {
        long room = Math.max(SHORTEST, span.length()) / 20;
        long middle = span.from() + span.length() / 2;
        long longer = Math.clamp(span.length() + 2 * room, SHORTEST, LONGEST);
        return new Viewport(middle - longer / 2, longer, width, limits);
    }

    /** Shows exactly this much from there. */
    public Viewport showing(Span span) {
        return new Viewport(span.from(), span.length(), width, limits);
    }

    /** Puts the time in the middle, at the same scale. */
    public Viewport centred(long time) {
        return new Viewport(time - length / 2, length, width, limits);
    }

    /** The same when the time can be seen with a margin; else moved just as far as is needed. */
    public Viewport revealing(long time) {
        long margin = length / 12;
        if (time < from + margin) {
            return new Viewport(time - margin, length, width, limits);
        }
        return time > to() - margin
                ? new Viewport(time + margin - length, length, width, limits)
                : this;
    }

    public Viewport resized(double newWidth) {
        return new Viewport(from, length, newWidth, limits);
    }

    public Viewport within(Span newLimits) {
        return new Viewport(from, length, width, newLimits);
    }
}
