package dev.lifeboat.wal;

/**
 * A window on a change of rows. Valid during the call that hands it over.
 *
 * <p>Source: {@code src/include/access/heapam_xlog.h}, XLOG_HEAP_* and XLOG_HEAP2_MULTI_INSERT,
 * xl_heap_multi_insert, XLH_DELETE_* and XLH_INSERT_*.
 */
public final class HeapRecord {
    /** What was done to rows. */
    public enum Kind {
        INSERT,
        DELETE,
        UPDATE,
        /** An update that left the indexes alone. */
        HOT_UPDATE,
        MULTI_INSERT,
        /** A row of a system table overwritten, outside of any transaction's undoing. */
        INPLACE
    }

    private static final int OPCODE = 0x70;
    private static final int INSERT = 0x00;
    private static final int DELETE = 0x10;
    private static final int UPDATE = 0x20;
    private static final int HOT_UPDATE = 0x40;
    private static final int INPLACE = 0x70;
    private static final int HEAP2_MULTI_INSERT = 0x50;

    private static final int INSERT_ON_TOAST = 1 << 4;
    private static final int DELETE_IS_SUPER = 1 << 3;
    private static final int DELETE_IS_PARTITION_MOVE = 1 << 4;

    private final MainData data = new MainData();
    private WalRecord record = new WalRecord();
    private Kind kind = Kind.INSERT;
    private int rows;
    private int flags;

    /** The change a record of the heap managers makes to rows; null when it makes none. */
    static Kind kindOf(WalRecord record) {
        int opcode = record.info() & OPCODE;
        if (record.resourceManager() == ResourceManager.HEAP2) {
            return opcode == HEAP2_MULTI_INSERT ? Kind.MULTI_INSERT : null;
        }
        return switch (opcode) {
            case INSERT -> Kind.INSERT;
            case DELETE -> Kind.DELETE;
            case UPDATE -> Kind.UPDATE;
            case HOT_UPDATE -> Kind.HOT_UPDATE;
            case INPLACE -> Kind.INPLACE;
            default -> null;
        };
    }

    /** False when the record's content does not hold what it promises. */
    boolean set(WalRecord source, Kind change) {
        record = source;
        kind = change;
        rows = 1;
        flags = 0;
        data.set(source);
        switch (change) {
            case INSERT -> flags = afterSkipping(2);
            case DELETE, UPDATE, HOT_UPDATE -> flags = afterSkipping(7);
            case MULTI_INSERT -> {
                flags = data.u8();
                data.skip(1, 1);
                rows = data.u16();
            }
            case INPLACE -> data.skip(1, 2);
        }
        return source.blockCount() > 0 && !data.isCutShort();
    }

    private int afterSkipping(int bytes) {
        data.skip(bytes, 1);
        return data.u8();
    }

    /** The record itself, for its positions, transaction and block. */
    public WalRecord record() {
        return record;
    }

    public Kind kind() {
        return kind;
    }

    /** The (sub)transaction that did it; 0 for {@link Kind#INPLACE} in 18. Unsigned. */
    public int xid() {
        return record.xid();
    }

    /** The relation whose rows changed. */
    public RelationFile relation() {
        return record.relation(0);
    }

    /** How many rows: 1, or what a multi-insert says. */
    public int rows() {
        return rows;
    }

    /** Whether an insert went into a table of values too long for their row. */
    public boolean isToastInsert() {
        return (kind == Kind.INSERT || kind == Kind.MULTI_INSERT) && (flags & INSERT_ON_TOAST) != 0;
    }

    /** Whether a delete only takes back the same transaction's own speculative insert. */
    public boolean isTakenBackInsert() {
        return kind == Kind.DELETE && (flags & DELETE_IS_SUPER) != 0;
    }

    /** Whether a delete is half of an update that moved the row to another partition. */
    public boolean isPartitionMove() {
        return kind == Kind.DELETE && (flags & DELETE_IS_PARTITION_MOVE) != 0;
    }
}
