package dev.lifeboat.wal;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a reader told. */
final class ToldRecords implements WalVisitor {
    final List<String> records = new ArrayList<>();
    final List<WalEvent> events = new ArrayList<>();

    @Override
    public void record(WalRecord record) {
        records.add(DumpedRecord.of(record));
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        records.add(DumpedRecord.of(transaction));
    }

    @Override
    public void heap(HeapRecord change) {
        records.add(DumpedRecord.of(change));
    }

    @Override
    public void event(WalEvent event) {
        events.add(event);
    }
}
