package dev.lifeboat.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Grandfather, father, son: what a backup is kept as, the hottest first. */
public enum Generation {
    DAILY("STANDARD_IA"),
    /** The first of an ISO week. */
    WEEKLY("STANDARD_IA"),
    /** The first of a month. */
    MONTHLY("GLACIER"),
    /** The first of a year. */
    YEARLY("DEEP_ARCHIVE");

    private final String storageClass;

    Generation(String storageClass) {
        this.storageClass = storageClass;
    }

    /** As S3 writes it. */
    public String storageClass() {
        return storageClass;
    }

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names the day, week, month or year that a moment lies in, by UTC. */
    String period(Instant time) {
        LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        return switch (this) {
            case DAILY -> day.toString();
            case WEEKLY ->
                    day.get(IsoFields.WEEK_BASED_YEAR)
                            + "-W"
                            + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTHLY -> day.getYear() + "-" + day.getMonthValue();
            case YEARLY -> Integer.toString(day.getYear());
        };
    }
}
