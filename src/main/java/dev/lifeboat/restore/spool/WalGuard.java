package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;

import java.util.Optional;

/**
 * Is shown what replay is about to do, before the server can do it. Called by many threads, once or
 * more for a record.
 */
@FunctionalInterface
public interface WalGuard {
    /**
     * Prepares for a record, or forbids it.
     *
     * @throws RecoveryException why the server must not have the segment in which it ends
     */
    void see(WalEvent event) throws RecoveryException;

    /**
     * Why the server must not have the segment in which a transaction ends; empty when it may.
     *
     * @param end a commit or an abort
     */
    default Optional<Problem> objectionTo(TransactionRecord end) {
        return Optional.empty();
    }
}
