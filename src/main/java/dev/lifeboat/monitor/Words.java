package dev.lifeboat.monitor;

import dev.lifeboat.kernel.Timestamps;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Durations, times and counts as the findings write them. */
final class Words {
    private Words() {}

    /** The two largest units: {@code 4 min 12 s}, {@code 3 h}, {@code 2 d 1 h}. */
    static String span(Duration duration) {
        Duration d = duration.isNegative() ? Duration.ZERO : duration;
        if (d.toDays() > 0) {
            return two(d.toDays(), "d", d.toHoursPart(), "h");
        }
        if (d.toHours() > 0) {
            return two(d.toHours(), "h", d.toMinutesPart(), "min");
        }
        return d.toMinutes() > 0
                ? two(d.toMinutes(), "min", d.toSecondsPart(), "s")
                : d.toSeconds() + " s";
    }

    private static String two(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }

    /** {@code 2026-04-07 02:00:13Z}. */
    static String time(Instant instant) {
        String both = Timestamps.both(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
        return both.substring(0, both.indexOf('Z') + 1);
    }

    /** {@code 1 segment}, {@code 2 segments}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
