package dev.lifeboat.kernel;

import java.time.Duration;

/** How long something takes or took, in the one wording that window, terminal and records share. */
public final class TimeSpan {
    private TimeSpan() {}

    /**
     * The two largest units, what is less than a second cut off: {@code 38 s}, {@code 4 m 12 s},
     * {@code 3 h}, {@code 12 d 4 h}. A negative one is told as none.
     */
    public static String told(Duration span) {
        Duration d = span.isNegative() ? Duration.ZERO : span;
        if (d.toDays() > 0) {
            return two(d.toDays(), "d", d.toHoursPart(), "h");
        }
        if (d.toHours() > 0) {
            return two(d.toHours(), "h", d.toMinutesPart(), "m");
        }
        return d.toMinutes() > 0
                ? two(d.toMinutes(), "m", d.toSecondsPart(), "s")
                : d.toSeconds() + " s";
    }

    /** In one unit, where there is no room for two: {@code 12 m}, {@code 30 h}, {@code 9 d}. */
    public static String roughly(Duration span) {
        if (span.toHours() < 1) {
            return span.toMinutes() + " m";
        }
        return span.toDays() < 2 ? span.toHours() + " h" : span.toDays() + " d";
    }

    private static String two(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }
}
