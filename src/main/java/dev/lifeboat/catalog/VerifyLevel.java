package dev.lifeboat.catalog;

import java.util.Locale;

/** How thoroughly a backup was proven, each level including those before it. */
public enum VerifyLevel {
    /** Every object is there with its size, in each region. */
    LISTED,
    /** Every stored byte is what the manifest says. */
    CHECKSUM,
    /** Everything decrypts, unpacks and reads to its end. */
    READABLE,
    /** A server came up from it, or a database was filled from it. */
    RESTORED;

    /** The name on the command line and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The level of this {@link #word()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static VerifyLevel ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a proof at this level is one at {@code other} too. */
    public boolean covers(VerifyLevel other) {
        return compareTo(other) >= 0;
    }
}
