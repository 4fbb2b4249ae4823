package dev.lifeboat.restore;

import java.util.Locale;

/** The kinds of recovery target, named as PostgreSQL's settings name them. */
public enum TargetKind {
    TIME,
    LSN,
    XID,
    NAME,
    /** The last valid record of the archive. */
    LATEST,
    /** As soon as the base is consistent. */
    IMMEDIATE;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this {@link #word()}. */
    public static TargetKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
