package dev.lifeboat.wal;

/**
 * Is told of every record in order. First {@link #record}, then whichever of the others fits. What
 * is handed over is valid during the call only, events excepted. An exception thrown here ends the
 * reading and reaches the caller.
 */
public interface WalVisitor {
    /** Every record, of resource managers known or unknown. */
    default void record(WalRecord record) {}

    /** A transaction was committed, aborted or prepared. */
    default void transaction(TransactionRecord transaction) {}

    /** Rows changed; their transaction may still come to nothing. */
    default void heap(HeapRecord change) {}

    default void event(WalEvent event) {}
}
