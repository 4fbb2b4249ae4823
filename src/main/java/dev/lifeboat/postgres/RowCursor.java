package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;

/**
 * The rows of one query, one after the other, in bounded memory. Its session does nothing else
 * until it is closed. For one thread.
 */
public interface RowCursor<T> extends AutoCloseable {
    /** The next row; empty behind the last one. */
    Optional<T> next() throws RecoveryException;

    @Override
    void close();
}
