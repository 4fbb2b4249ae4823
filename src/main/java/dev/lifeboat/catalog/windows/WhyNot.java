package dev.lifeboat.catalog.windows;

import java.util.Locale;

/** Why a moment cannot be reached. */
public enum WhyNot {
    /** There is no base at all, or none that can be used. */
    NO_BASE,
    /** The oldest base ended later. */
    BEFORE_FIRST_BASE,
    /** A base was being taken, and no older one leads there: it is consistent only from its end. */
    INSIDE_BASE,
    /** The WAL of that time is in no region. */
    IN_GAP,
    /** Replay would have to pass WAL that is in no region, and no newer base begins behind it. */
    BEHIND_GAP,
    /** The WAL that is missing may lie in a region that does not answer now. */
    REGION_UNKNOWN,
    /** Only a timeline that was left behind holds what was committed then. */
    ON_LEFT_BRANCH,
    /** Nothing was committed later, as far as the archive goes. */
    AFTER_LAST_COMMIT,
    /** The server ran with wal_level=minimal: replay stops where that began. */
    WAL_LEVEL_MINIMAL,
    /** The log is damaged there in every copy. */
    WAL_DAMAGED;

    /** As JSON has it: {@code in-gap}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
