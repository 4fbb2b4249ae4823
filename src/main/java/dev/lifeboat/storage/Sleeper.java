package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelledException;

import java.time.Duration;

/** Waits; in a program {@code cancelToken::sleep}, in a test nothing. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration duration) throws CancelledException;
}
