package dev.lifeboat.storage;

import java.time.Duration;

/** Is told of every retry before it is waited for; from many threads. */
@FunctionalInterface
public interface RetryObserver {
    void retrying(StorageException failure, Duration wait);

    /** The same, told to both. */
    default RetryObserver and(RetryObserver other) {
        return (failure, wait) -> {
            retrying(failure, wait);
            other.retrying(failure, wait);
        };
    }
}
