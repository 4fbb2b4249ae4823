package dev.lifeboat.wal;

/**
 * How a WAL file is stored in the archive, best first: where one file exists in several forms, the
 * first in this order is read, and the others must hold the same.
 *
 * <p>Source: {@code docs/format.md}, "WAL".
 */
public enum ArchivedForm {
    ZSTD_ENCRYPTED(".zst.enc", Compression.ZSTD, true),
    GZIP_ENCRYPTED(".gz.enc", Compression.GZIP, true),
    ENCRYPTED(".enc", Compression.NONE, true),
    ZSTD(".zst", Compression.ZSTD, false),
    GZIP(".gz", Compression.GZIP, false),
    PLAIN("", Compression.NONE, false);

    /** What was done to the content before encryption. */
    public enum Compression {
        NONE,
        ZSTD,
        GZIP
    }

    private final String suffix;
    private final Compression compression;
    private final boolean encrypted;

    ArchivedForm(String suffix, Compression compression, boolean encrypted) {
        this.suffix = suffix;
        this.compression = compression;
        this.encrypted = encrypted;
    }

    /** What follows {@code %f} in the object's name; empty for {@link #PLAIN}. */
    public String suffix() {
        return suffix;
    }

    /**
     * What the name claims; content decides (a plain segment may lie under a name that says
     * otherwise).
     */
    public Compression compression() {
        return compression;
    }

    public boolean encrypted() {
        return encrypted;
    }
}
