package dev.lifeboat.wal;

/** Hands a checked record to a visitor, and what it means. */
final class WalDecoder {
    private final WalVisitor visitor;
    private final TransactionRecord transaction = new TransactionRecord();
    private final HeapRecord heap = new HeapRecord();
    private final EventDecoder events = new EventDecoder();

    WalDecoder(WalVisitor visitor) {
        this.visitor = visitor;
    }

    /** False when the record's content does not hold what its kind promises. */
    boolean decode(WalRecord record, WalVersion version) {
        return switch (record.resourceManager()) {
            case ResourceManager.TRANSACTION -> transaction(record, version);
            case ResourceManager.HEAP, ResourceManager.HEAP2 -> heap(record, version);
            case ResourceManager.XLOG,
                    ResourceManager.STORAGE,
                    ResourceManager.DATABASE,
                    ResourceManager.TABLESPACE,
                    ResourceManager.RELATION_MAP,
                    ResourceManager.STANDBY ->
                    event(record, version);
            default -> {
                visitor.record(record);
                yield true;
            }
        };
    }

    private boolean transaction(WalRecord record, WalVersion version) {
        boolean isEnd = TransactionRecord.isEndOrPrepare(record.info());
        if (isEnd && !(record.isHeldWhole() && transaction.set(record, version))) {
            return false;
        }
        visitor.record(record);
        if (isEnd) {
            visitor.transaction(transaction);
        }
        return true;
    }

    private boolean heap(WalRecord record, WalVersion version) {
        HeapRecord.Kind kind = HeapRecord.kindOf(record);
        if (kind == null) {
            return event(record, version);
        }
        if (!(record.isHeldWhole() && heap.set(record, kind))) {
            return false;
        }
        visitor.record(record);
        visitor.heap(heap);
        return true;
    }

    private boolean event(WalRecord record, WalVersion version) {
        WalEvent event = null;
        if (record.isHeldWhole()) {
            event = events.decode(record, version);
            if (events.isCutShort()) {
                return false;
            }
        }
        visitor.record(record);
        if (event != null) {
            visitor.event(event);
        }
        return true;
    }
}
