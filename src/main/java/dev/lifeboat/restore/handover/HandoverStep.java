package dev.lifeboat.restore.handover;

import java.util.Locale;

/** What a handover has done for good, in the order in which it does it. */
public enum HandoverStep {
    OLD_SERVER_FENCED,
    TIMELINE_IS_ITS_OWN,
    OWN_SETTINGS_BACK,
    HISTORY_ARCHIVED,
    ARCHIVING_PROVEN,
    ANALYZED,
    REINDEX_LISTED,
    BASE_TAKEN;

    /** The event of the journal that says that it is done. */
    public String event() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is done only for a server that is to archive. */
    public boolean isOfTheArchive() {
        return switch (this) {
            case HISTORY_ARCHIVED, ARCHIVING_PROVEN, BASE_TAKEN -> true;
            default -> false;
        };
    }
}
