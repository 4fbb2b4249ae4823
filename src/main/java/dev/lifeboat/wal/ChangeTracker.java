package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows the log and hands on what each transaction did once it has committed, in the order of the
 * commits. What aborts, or dies with the server, is forgotten. Memory grows with the transactions
 * that run at a time and the relations they change.
 *
 * <p>Counts are those of the log that was read: a transaction that began before it is told as far
 * as it was seen.
 */
public final class ChangeTracker implements WalVisitor {
    private final Map<Integer, OpenTransaction> open = new HashMap<>();
    private final Consumer<TransactionChanges> committed;

    public ChangeTracker(Consumer<TransactionChanges> committed) {
        this.committed = committed;
    }

    @Override
    public void heap(HeapRecord change) {
        if (change.xid() != 0 && change.kind() != HeapRecord.Kind.INPLACE) {
            begun(change.xid(), change.record().start()).count(change);
        }
    }

    @Override
    public void transaction(TransactionRecord end) {
        if (end.kind() == TransactionRecord.Kind.PREPARE) {
            gather(end).prepare();
        } else if (end.kind().isCommit()) {
            OpenTransaction whole = gather(end);
            open.remove(end.xid());
            committed.accept(changes(end, whole));
        } else {
            gather(end);
            open.remove(end.xid());
        }
    }

    @Override
    public void event(WalEvent event) {
        switch (event) {
            case WalEvent.RelationFileCreated file when file.xid() != 0 && file.fork() == 0 ->
                    begun(file.xid(), file.start().value()).create(file.file());
            case WalEvent.RunningTransactions running ->
                    open.keySet().removeIf(xid -> xid - running.oldestXid() < 0);
            case WalEvent.Checkpoint checkpoint when checkpoint.shutdown() -> forgetUnprepared();
            case WalEvent.EndOfRecovery _ -> forgetUnprepared();
            default -> {}
        }
    }

    /**
     * Whether a transaction that has not ended yet made files or changed system tables.
     *
     * @param rows whether one that updated or deleted rows counts, too
     */
    public boolean isChanging(boolean rows) {
        return open.values().stream()
                .anyMatch(each -> each.isDefining() || (rows && each.isChangingRows()));
    }

    /** How many transactions and subtransactions are held as open. */
    int openCount() {
        return open.size();
    }

    private OpenTransaction begun(int xid, long position) {
        return open.computeIfAbsent(xid, _ -> new OpenTransaction(position));
    }

    /** Takes the subtransactions into their top-level transaction. */
    private OpenTransaction gather(TransactionRecord end) {
        OpenTransaction whole = begun(end.xid(), end.record().start());
        for (int i = 0; i < end.subtransactionCount(); i++) {
            OpenTransaction below = open.remove(end.subtransaction(i));
            if (below != null) {
                whole.add(below);
            }
        }
        return whole;
    }

    /** Only prepared transactions outlive the server. */
    private void forgetUnprepared() {
        open.values().removeIf(transaction -> !transaction.isPrepared());
    }

    private static TransactionChanges changes(TransactionRecord end, OpenTransaction whole) {
        List<RelationFile> dropped = new ArrayList<>(end.droppedCount());
        for (int i = 0; i < end.droppedCount(); i++) {
            dropped.add(end.dropped(i));
        }
        return new TransactionChanges(
                end.xid(),
                end.time(),
                new Lsn(whole.firstRecord()),
                new Lsn(end.record().start()),
                new Lsn(end.record().end()),
                end.database() & 0xFFFFFFFFL,
                whole.rows(),
                dropped,
                whole.created());
    }
}
