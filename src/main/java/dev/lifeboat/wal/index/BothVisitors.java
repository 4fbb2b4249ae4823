package dev.lifeboat.wal.index;

import dev.lifeboat.wal.HeapRecord;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalRecord;
import dev.lifeboat.wal.WalVisitor;

/** Tells two visitors of the same records. */
record BothVisitors(WalVisitor first, WalVisitor second) implements WalVisitor {
    @Override
    public void record(WalRecord record) {
        first.record(record);
        second.record(record);
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        first.transaction(transaction);
        second.transaction(transaction);
    }

    @Override
    public void heap(HeapRecord change) {
        first.heap(change);
        second.heap(change);
    }

    @Override
    public void event(WalEvent event) {
        first.event(event);
        second.event(event);
    }
}
