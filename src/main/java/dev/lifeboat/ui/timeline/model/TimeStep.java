package dev.lifeboat.ui.timeline.model;

/**
 * A round length of time, as an axis or a grid is divided by.
 *
 * @param micros its length
 * @param anchor a time that is one of its multiples: weeks begin on Mondays
 */
public record TimeStep(long micros, long anchor) {
    private static final long MONDAY = -3 * Micros.DAY;
    private static final long[] LENGTHS = {
        1_000,
        2_000,
        5_000,
        10_000,
        20_000,
        50_000,
        100_000,
        200_000,
        500_000,
        Micros.SECOND,
        2 * Micros.SECOND,
        5 * Micros.SECOND,
        10 * Micros.SECOND,
        15 * Micros.SECOND,
        30 * Micros.SECOND,
        Micros.MINUTE,
        2 * Micros.MINUTE,
        5 * Micros.MINUTE,
        10 * Micros.MINUTE,
        15 * Micros.MINUTE,
        30 * Micros.MINUTE,
        Micros.HOUR,
        2 * Micros.HOUR,
        3 * Micros.HOUR,
        6 * Micros.HOUR,
        12 * Micros.HOUR,
        Micros.DAY,
        2 * Micros.DAY,
        7 * Micros.DAY,
        14 * Micros.DAY,
        28 * Micros.DAY
    };

    /** The shortest round step that is at least this long; four weeks at most. */
    public static TimeStep atLeast(long micros) {
        for (long length : LENGTHS) {
            if (length >= micros) {
                return of(length);
            }
        }
        return of(LENGTHS[LENGTHS.length - 1]);
    }

    private static TimeStep of(long length) {
        return new TimeStep(length, length >= 7 * Micros.DAY ? MONDAY : 0);
    }

    /** The first multiple at or behind a time. */
    public long ceiling(long time) {
        return anchor + Math.ceilDiv(time - anchor, micros) * micros;
    }
}
