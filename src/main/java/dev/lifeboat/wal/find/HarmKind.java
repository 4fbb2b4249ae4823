package dev.lifeboat.wal.find;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a transaction did that may have to be undone. */
public enum HarmKind {
    /** Tables, views or sequences are gone. */
    DROP,
    /** A whole database is gone. */
    DROPDATABASE,
    /** Tables were emptied by TRUNCATE. */
    TRUNCATE,
    /** Many rows were deleted. */
    DELETE,
    /** Many rows were overwritten. */
    UPDATE,
    /** The definitions of many things changed, in one transaction or in several at a stretch. */
    DDL;

    /** As on the command line and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this {@link #word()}, or empty. */
    public static Optional<HarmKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
