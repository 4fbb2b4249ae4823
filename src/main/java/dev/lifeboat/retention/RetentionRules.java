package dev.lifeboat.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How long what is kept. All calendars are UTC's.
 *
 * <p>Source: the runbook's appendix A.
 *
 * @param dailyDays how long every full stays
 * @param weeklyWeeks how long the first of each ISO week stays
 * @param monthlyMonths how long the first of each month stays
 * @param yearlyYears how long the first of each year stays
 * @param walDays how long WAL stays at least
 * @param pitrDays how far back every moment must be recoverable
 */
public record RetentionRules(
        int dailyDays,
        int weeklyWeeks,
        int monthlyMonths,
        int yearlyYears,
        int walDays,
        int pitrDays) {
    private static final int WEEKS = 12;
    private static final int MONTHS = 12;
    private static final int YEARS = 7;
    private static final int WAL_DAYS = 7;

    public RetentionRules {
        if (dailyDays < 1
                || weeklyWeeks < 0
                || monthlyMonths < 0
                || yearlyYears < 0
                || walDays < 0
                || pitrDays < 0) {
            throw new IllegalArgumentException("a rule of retention is negative");
        }
    }

    /** Appendix A, with the two that may be set. */
    public static RetentionRules runbook(int retentionDays, int pitrDays) {
        return new RetentionRules(retentionDays, WEEKS, MONTHS, YEARS, WAL_DAYS, pitrDays);
    }

    /** What was begun after this moment belongs to the generation. */
    Instant since(Generation generation, Instant now) {
        return switch (generation) {
            case DAILY -> now.minus(Duration.ofDays(dailyDays));
            case WEEKLY -> now.minus(Duration.ofDays(7L * weeklyWeeks));
            case MONTHLY -> now.atOffset(ZoneOffset.UTC).minusMonths(monthlyMonths).toInstant();
            case YEARLY -> now.atOffset(ZoneOffset.UTC).minusYears(yearlyYears).toInstant();
        };
    }

    /** Until when what was begun at a moment belongs to the generation. */
    Instant until(Generation generation, Instant begun) {
        return switch (generation) {
            case DAILY -> begun.plus(Duration.ofDays(dailyDays));
            case WEEKLY -> begun.plus(Duration.ofDays(7L * weeklyWeeks));
            case MONTHLY -> begun.atOffset(ZoneOffset.UTC).plusMonths(monthlyMonths).toInstant();
            case YEARLY -> begun.atOffset(ZoneOffset.UTC).plusYears(yearlyYears).toInstant();
        };
    }

    /** From when on every moment must be recoverable. */
    Instant promisedSince(Instant now) {
        return now.minus(Duration.ofDays(pitrDays));
    }

    /** WAL stored before this moment goes, unless something needs it. */
    Instant walSince(Instant now) {
        return now.minus(Duration.ofDays(Math.max(walDays, pitrDays)));
    }
}
