package dev.lifeboat.wal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the log amounts to. */
final class ToldLog implements WalVisitor {
    final TransactionLog ends = new TransactionLog();
    final List<TransactionChanges> changes = new ArrayList<>();
    final List<WalEvent> events = new ArrayList<>();
    final Set<Integer> committed = new HashSet<>();
    final Map<Integer, long[]> usage = new HashMap<>();
    final List<String> prepared = new ArrayList<>();
    private final ChangeTracker tracker = new ChangeTracker(changes::add);

    @Override
    public void record(WalRecord record) {
        long[] sums = usage.computeIfAbsent(record.xid(), _ -> new long[3]);
        boolean isEnd = record.resourceManager() == ResourceManager.TRANSACTION;
        if (!isEnd) {
            sums[0]++;
            sums[2] += record.totalBytes();
            for (int i = 0; i < record.blockCount(); i++) {
                sums[1] += record.hasImage(i) ? 1 : 0;
            }
        }
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        ends.transaction(transaction);
        tracker.transaction(transaction);
        if (transaction.kind() == TransactionRecord.Kind.PREPARE) {
            prepared.add(transaction.gid().orElse("") + " " + transaction.xid());
        }
        if (transaction.kind().isCommit()) {
            committed.add(transaction.xid());
            for (int i = 0; i < transaction.subtransactionCount(); i++) {
                committed.add(transaction.subtransaction(i));
            }
        }
    }

    @Override
    public void heap(HeapRecord change) {
        tracker.heap(change);
    }

    @Override
    public void event(WalEvent event) {
        events.add(event);
        tracker.event(event);
    }

    <T extends WalEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    TransactionChanges of(long xid) {
        return changes.stream().filter(c -> c.xid() == (int) xid).findFirst().orElseThrow();
    }
}
