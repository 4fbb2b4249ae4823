package dev.lifeboat.wal;

/**
 * The numbers of the resource managers, the parts of the server that write records. The same from
 * 15 to 18; 128 and above belong to extensions.
 *
 * <p>Source: {@code src/include/access/rmgrlist.h}; {@code rmgr.h}, RM_MIN_CUSTOM_ID.
 */
public final class ResourceManager {
    public static final int XLOG = 0;
    public static final int TRANSACTION = 1;
    public static final int STORAGE = 2;
    public static final int DATABASE = 4;
    public static final int TABLESPACE = 5;
    public static final int RELATION_MAP = 7;
    public static final int STANDBY = 8;
    public static final int HEAP2 = 9;
    public static final int HEAP = 10;

    private static final int FIRST_CUSTOM = 128;
    private static final String[] NAMES = {
        "XLOG",
        "Transaction",
        "Storage",
        "CLOG",
        "Database",
        "Tablespace",
        "MultiXact",
        "RelMap",
        "Standby",
        "Heap2",
        "Heap",
        "Btree",
        "Hash",
        "Gin",
        "Gist",
        "Sequence",
        "SPGist",
        "BRIN",
        "CommitTs",
        "ReplicationOrigin",
        "Generic",
        "LogicalMessage"
    };

    private ResourceManager() {}

    /** Whether a record may carry this number. */
    static boolean isValid(int id) {
        return id < NAMES.length || id >= FIRST_CUSTOM;
    }

    /** The name as {@code pg_waldump} prints it: {@code Heap2}, {@code custom130}. */
    public static String name(int id) {
        return id < NAMES.length ? NAMES[id] : "custom" + id;
    }
}
