package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;

/**
 * A failure of a store (or a cancellation) while bytes were streamed, in the form {@link
 * java.io.InputStream} and {@link java.io.OutputStream} can throw. Whoever streams through several
 * layers gets it back with {@link #failureIn}.
 */
public final class StorageIOException extends IOException {
    private static final long serialVersionUID = 1L;
    private final RecoveryException failure;

    public StorageIOException(RecoveryException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    /** The store's own exception; a cancellation when that is what ended the transfer. */
    public RecoveryException failure() {
        return failure;
    }

    /** The store's own exception among the causes, or null when no store caused it. */
    public static RecoveryException failureIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecoveryException failure) {
                return failure;
            }
        }
        return null;
    }
}
