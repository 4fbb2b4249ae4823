package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A window on the end of a transaction, or on its being prepared. Valid during the call that hands
 * it over.
 *
 * <p>Source: {@code src/include/access/xact.h}, xl_xact_commit, xl_xact_abort, xl_xact_prepare;
 * {@code src/backend/access/rmgrdesc/xactdesc.c}, ParseCommitRecord, ParseAbortRecord,
 * ParsePrepareRecord.
 */
public final class TransactionRecord {
    /** What happened to the transaction. */
    public enum Kind {
        COMMIT,
        PREPARE,
        ABORT,
        COMMIT_PREPARED,
        ABORT_PREPARED;

        /** Whether its changes are there from now on. */
        public boolean isCommit() {
            return this == COMMIT || this == COMMIT_PREPARED;
        }

        /** Whether its changes are void. */
        public boolean isAbort() {
            return this == ABORT || this == ABORT_PREPARED;
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int OPCODE = 0x70;
    private static final int HAS_INFO = 0x80;

    private static final int HAS_DATABASE = 1;
    private static final int HAS_SUBTRANSACTIONS = 1 << 1;
    private static final int HAS_RELATIONS = 1 << 2;
    private static final int HAS_INVALIDATIONS = 1 << 3;
    private static final int HAS_TWO_PHASE = 1 << 4;
    private static final int HAS_ORIGIN = 1 << 5;
    private static final int HAS_GID = 1 << 7;
    private static final int HAS_STATISTICS = 1 << 8;

    private static final int RELATION_BYTES = 12;
    private static final int INVALIDATION_BYTES = 16;

    private final MainData data = new MainData();
    private byte[] bytes = {};
    private WalRecord record = new WalRecord();
    private Kind kind = Kind.COMMIT;
    private int xid;
    private int database;
    private long time;
    private int subtransactions;
    private int subtransactionsAt;
    private int dropped;
    private int droppedAt;
    private int gidAt;
    private int gidBytes;

    /** Whether this record of the transaction manager is one of the five kinds. */
    static boolean isEndOrPrepare(int info) {
        return (info & OPCODE) >>> 4 < KINDS.length;
    }

    /** False when the record's content does not hold what it promises. */
    boolean set(WalRecord source, WalVersion version) {
        record = source;
        bytes = source.bytes();
        data.set(source);
        kind = KINDS[(source.info() & OPCODE) >>> 4];
        xid = source.xid();
        database = 0;
        subtransactions = 0;
        dropped = 0;
        gidBytes = 0;
        if (kind == Kind.PREPARE) {
            prepare();
        } else {
            end(version);
        }
        return !data.isCutShort();
    }

    private void prepare() {
        data.skip(2, 4);
        xid = data.i32();
        database = data.i32();
        time = data.i64();
        data.skip(1, 4);
        subtransactions = data.i32();
        dropped = data.i32();
        data.skip(4, 4);
        data.skip(1, 2);
        int gidLength = data.u16();
        data.skip(2, 8);
        data.align();
        gidAt = data.skip(gidLength, 1);
        gidBytes = Math.max(0, gidLength - 1);
        data.align();
        subtransactionsAt = data.skip(subtransactions, 4);
        data.align();
        droppedAt = data.skip(dropped, RELATION_BYTES);
    }

    private void end(WalVersion version) {
        time = data.i64();
        int parts = (record.info() & HAS_INFO) != 0 ? data.i32() : 0;
        if ((parts & HAS_DATABASE) != 0) {
            database = data.i32();
            data.skip(1, 4);
        }
        if ((parts & HAS_SUBTRANSACTIONS) != 0) {
            subtransactions = data.i32();
            subtransactionsAt = data.skip(subtransactions, 4);
        }
        if ((parts & HAS_RELATIONS) != 0) {
            dropped = data.i32();
            droppedAt = data.skip(dropped, RELATION_BYTES);
        }
        if ((parts & HAS_STATISTICS) != 0) {
            data.skip(data.i32(), version == WalVersion.POSTGRESQL_18 ? 16 : 12);
        }
        if ((parts & HAS_INVALIDATIONS) != 0) {
            data.skip(data.i32(), INVALIDATION_BYTES);
        }
        twoPhase(parts);
        if ((parts & HAS_ORIGIN) != 0) {
            data.skip(2, 8);
        }
    }

    private void twoPhase(int parts) {
        if ((parts & HAS_TWO_PHASE) != 0) {
            xid = data.i32();
        }
        if ((parts & HAS_GID) != 0) {
            gidAt = data.position();
            gidBytes = data.skipText();
        }
    }

    /** The record itself, for its positions. */
    public WalRecord record() {
        return record;
    }

    public Kind kind() {
        return kind;
    }

    /** The top-level transaction; for the prepared kinds the one that was prepared. Unsigned. */
    public int xid() {
        return xid;
    }

    /** When it ended or was prepared, by the server's clock, as {@link PostgresTime} counts. */
    public long timeMicros() {
        return time;
    }

    public Instant time() {
        return PostgresTime.instant(time);
    }

    /** The OID of its database where the record tells it, else 0; unsigned 32 bits. */
    public int database() {
        return database;
    }

    /** The subtransactions that share its fate. */
    public int subtransactionCount() {
        return subtransactions;
    }

    /** Unsigned. */
    public int subtransaction(int index) {
        return LittleEndian.i32(bytes, subtransactionsAt + index * 4);
    }

    /**
     * The relation files that go away: at a commit those of dropped, truncated and rewritten
     * relations, at an abort those it had made, at a prepare those its commit will take.
     */
    public int droppedCount() {
        return dropped;
    }

    public RelationFile dropped(int index) {
        int from = droppedAt + index * RELATION_BYTES;
        return new RelationFile(
                LittleEndian.u32(bytes, from),
                LittleEndian.u32(bytes, from + 4),
                LittleEndian.u32(bytes, from + 8));
    }

    /** The name the transaction was prepared under; empty where the record holds none. */
    public Optional<String> gid() {
        return gidBytes == 0
                ? Optional.empty()
                : Optional.of(new String(bytes, gidAt, gidBytes, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return kind + " " + Integer.toUnsignedString(xid) + " at " + new Lsn(record.start());
    }
}
