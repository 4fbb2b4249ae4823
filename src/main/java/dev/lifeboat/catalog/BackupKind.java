package dev.lifeboat.catalog;

import java.util.Locale;

/** The three kinds of backup. Their lower-case names are part of keys, ids and JSON. */
public enum BackupKind {
    /** A dump of one database made by {@code pg_dump}. It cannot be rolled forward with WAL. */
    FULL,
    /** A physical copy of a whole cluster: what point-in-time recovery starts from. */
    BASE,
    /** The configuration files of a cluster. */
    CONFIG;

    /** The name in keys, ids and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of this {@link #word()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static BackupKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
