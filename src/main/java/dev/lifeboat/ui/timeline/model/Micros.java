package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time as the timeline counts it: microseconds since 1970, UTC, as PostgreSQL's clock ticks. */
public final class Micros {
    public static final long SECOND = 1_000_000;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;

    private Micros() {}

    /** The instant, what is finer than a microsecond cut off. */
    public static long of(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1000;
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** A length for people, the two largest units of it: {@code 3 m 11 s}, {@code 1 h}. */
    public static String length(long micros) {
        long rest = Math.abs(micros);
        if (rest < SECOND) {
            return rest < 1000 ? rest + " µs" : rest / 1000 + " ms";
        }
        return TimeSpan.told(Duration.of(rest, ChronoUnit.MICROS));
    }
}
