package dev.lifeboat.restore;

import java.util.Locale;

/** The steps of a physical restore, in their order. */
public enum Stage {
    CHECK,
    CHOOSE,
    FETCH,
    PLACE,
    CONFIGURE,
    START,
    REPLAY,
    ASSERT,
    PAUSE,
    PROMOTE,
    VERIFY,
    HANDOVER;

    /** Whether what it does is done once for all targets of a restore. */
    boolean isOfTheBase() {
        return compareTo(CONFIGURE) < 0;
    }

    /** The name in the journal and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
