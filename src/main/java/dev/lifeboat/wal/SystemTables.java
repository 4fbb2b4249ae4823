package dev.lifeboat.wal;

/**
 * Which file numbers are those of system tables: below the first OID of users, as long as no VACUUM
 * FULL has given one a new file.
 *
 * <p>Source: {@code src/include/access/transam.h}, FirstNormalObjectId; {@code
 * catalog/pg_statistic.h}.
 */
public final class SystemTables {
    private static final int FIRST_USER_OID = 16384;

    private SystemTables() {}

    /**
     * Whether the file is that of a system table or its index. Statistics do not count: they define
     * and name nothing, and every ANALYZE writes them.
     *
     * @param number unsigned
     */
    public static boolean defines(int number) {
        return Integer.compareUnsigned(number, FIRST_USER_OID) < 0 && !isStatistics(number);
    }

    /** pg_statistic, its index, its overlong values and their index. */
    private static boolean isStatistics(int number) {
        return number == 2619 || number == 2696 || number == 2840 || number == 2841;
    }
}
