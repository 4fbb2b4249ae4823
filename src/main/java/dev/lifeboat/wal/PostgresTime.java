package dev.lifeboat.wal;

import java.time.Instant;

/**
 * Times as WAL holds them: microseconds since 2000-01-01 00:00 UTC.
 *
 * <p>Source: {@code src/include/datatype/timestamp.h}, TimestampTz.
 */
public final class PostgresTime {
    private static final long EPOCH_SECONDS = 946_684_800L;
    private static final long MICROS = 1_000_000L;

    private PostgresTime() {}

    /** Every value is an instant; damaged ones lie far away. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, MICROS),
                Math.floorMod(micros, MICROS) * 1000);
    }

    /** A time in seconds since 1970; one that is no time becomes the nearest there is. */
    static Instant ofUnixSeconds(long seconds) {
        return Instant.ofEpochSecond(
                Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    }

    /** The last microsecond at or before this instant; saturates far from now. */
    public static long micros(Instant instant) {
        long seconds = instant.getEpochSecond() - EPOCH_SECONDS;
        if (seconds > Long.MAX_VALUE / MICROS - 1) {
            return Long.MAX_VALUE;
        }
        if (seconds < Long.MIN_VALUE / MICROS + 1) {
            return Long.MIN_VALUE;
        }
        return seconds * MICROS + instant.getNano() / 1000;
    }
}
