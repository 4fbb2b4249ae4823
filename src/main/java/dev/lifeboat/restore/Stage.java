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

    /** The name in the journal and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
