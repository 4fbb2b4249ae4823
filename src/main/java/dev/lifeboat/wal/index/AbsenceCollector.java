package dev.lifeboat.wal.index;

import dev.lifeboat.wal.HeapRecord;
import dev.lifeboat.wal.SystemTables;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalRecord;
import dev.lifeboat.wal.WalVisitor;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds out what a segment proves not to hold. What it meets and cannot place counts as being
 * there. For one segment and one thread.
 */
final class AbsenceCollector implements WalVisitor {
    private final Map<Integer, Rows> open = new HashMap<>();
    private Rows last;
    private boolean definitions;
    private boolean largeChanges;
    private boolean changes;

    /** Rows that a transaction or subtransaction updated or deleted. */
    private static final class Rows {
        private final int xid;
        private long count;

        Rows(int xid) {
            this.xid = xid;
        }
    }

    @Override
    public void record(WalRecord record) {
        for (int i = 0; i < record.blockCount() && !definitions; i++) {
            definitions = SystemTables.defines(record.relationNumber(i));
        }
    }

    @Override
    public void heap(HeapRecord change) {
        switch (change.kind()) {
            case UPDATE, HOT_UPDATE, DELETE -> {
                changes = true;
                count(change.xid());
            }
            case INSERT, MULTI_INSERT, INPLACE -> {}
        }
    }

    private void count(int xid) {
        if (last == null || last.xid != xid) {
            last = open.computeIfAbsent(xid, Rows::new);
        }
        last.count++;
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        definitions |= transaction.droppedCount() > 0;
        if (transaction.kind() == TransactionRecord.Kind.PREPARE) {
            return; // it goes on
        }
        long rows = end(transaction.xid());
        for (int i = 0; i < transaction.subtransactionCount(); i++) {
            rows += end(transaction.subtransaction(i));
        }
        largeChanges |= rows >= SegmentEntry.Absent.LARGE;
    }

    private long end(int xid) {
        if (last != null && last.xid == xid) {
            last = null;
        }
        Rows rows = open.remove(xid);
        return rows == null ? 0 : rows.count;
    }

    @Override
    public void event(WalEvent event) {
        switch (event) {
            case WalEvent.DatabaseCreated _,
                    WalEvent.DatabaseDropped _,
                    WalEvent.TablespaceCreated _,
                    WalEvent.TablespaceDropped _,
                    WalEvent.RelationFileCreated _,
                    WalEvent.RelationMapUpdated _,
                    WalEvent.TablesTruncated _ ->
                    definitions = true;
            case WalEvent.Checkpoint _,
                    WalEvent.RestorePoint _,
                    WalEvent.ParameterChange _,
                    WalEvent.EndOfRecovery _,
                    WalEvent.Switch _,
                    WalEvent.BackupEnd _,
                    WalEvent.FullPageWritesChange _,
                    WalEvent.ContinuationOverwritten _,
                    WalEvent.RunningTransactions _,
                    WalEvent.RelationFileTruncated _ -> {}
        }
    }

    /** Call once, when the segment was read. */
    SegmentEntry.Absent absent() {
        return new SegmentEntry.Absent(!definitions, !largeChanges && open.isEmpty(), !changes);
    }
}
