package dev.lifeboat.wal;

import java.util.Locale;
import java.util.Optional;

/**
 * The major versions whose WAL is read, told apart by the magic number of every page.
 *
 * <p>What differs between them, as far as it is decoded: the size of a statistics item in commits
 * (18), {@code wal_level} in checkpoints and end-of-recovery records (17 and 18), the redo marker
 * of an online checkpoint (17 and 18), pruning and freezing (17; passed over).
 *
 * <p>Source: {@code src/include/access/xlog_internal.h}, XLOG_PAGE_MAGIC of each release.
 */
public enum WalVersion {
    POSTGRESQL_15(15, 0xD110),
    POSTGRESQL_16(16, 0xD113),
    POSTGRESQL_17(17, 0xD116),
    POSTGRESQL_18(18, 0xD118);

    private static final int[][] TOO_OLD = {
        {0xD10D, 14}, {0xD106, 13}, {0xD101, 12}, {0xD098, 11}, {0xD097, 10}
    };

    private final int major;
    private final int pageMagic;

    WalVersion(int major, int pageMagic) {
        this.major = major;
        this.pageMagic = pageMagic;
    }

    public int major() {
        return major;
    }

    /** The first two bytes of every page, little-endian. */
    public int pageMagic() {
        return pageMagic;
    }

    /** The version that writes this magic number; empty when it is none of these. */
    public static Optional<WalVersion> ofPageMagic(int magic) {
        for (WalVersion version : values()) {
            if (version.pageMagic == magic) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Whether some release, read here or not, writes or may write this magic number. */
    static boolean isPageMagic(int magic) {
        return magic >= 0xD050 && magic <= 0xD1FF;
    }

    /** Names the writer of any magic number, for people. */
    static String describe(int magic) {
        for (WalVersion version : values()) {
            if (version.pageMagic == magic) {
                return "PostgreSQL " + version.major;
            }
        }
        for (int[] old : TOO_OLD) {
            if (old[0] == magic) {
                return "PostgreSQL " + old[1];
            }
        }
        String age =
                magic > POSTGRESQL_18.pageMagic ? "later than 18" : "not released, or before 10";
        return String.format(Locale.ROOT, "a version that is %s (page magic %04X)", age, magic);
    }
}
