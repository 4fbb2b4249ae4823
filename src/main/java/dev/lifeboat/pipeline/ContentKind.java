package dev.lifeboat.pipeline;

/** What content is, told by its first bytes. */
public enum ContentKind {
    /** An archive of {@code pg_dump -Fc}: begins with {@code PGDMP}. */
    CUSTOM_DUMP,
    GZIP,
    ZSTD,
    /** Encrypted by {@code openssl enc}: begins with {@code Salted__}. */
    ENCRYPTED,
    TAR,
    /** A WAL segment of a little-endian server: begins with a long page header. */
    WAL_SEGMENT,
    /** Text: plain SQL, JSON, a backup label, a timeline history. Empty content too. */
    TEXT,
    UNKNOWN
}
