package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.util.concurrent.atomic.AtomicReference;

/** The first failure among several threads, carried to the one that waits for them. */
final class FirstFailure {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    void set(Throwable thrown) {
        first.compareAndSet(null, thrown);
    }

    boolean isSet() {
        return first.get() != null;
    }

    /** Throws it, if there is one. */
    void rethrow() throws RecoveryException {
        switch (first.get()) {
            case null -> {}
            case RecoveryException known -> throw known;
            case RuntimeException unknown -> throw unknown;
            case Error error -> throw error;
            case Throwable impossible -> throw new IllegalStateException(impossible);
        }
    }
}
