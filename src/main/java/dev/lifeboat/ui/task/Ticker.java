package dev.lifeboat.ui.task;

import java.time.Duration;

/** Calls back again and again in the foreground, until it is closed. */
@FunctionalInterface
public interface Ticker {
    /** Begins; the first call comes after one period. */
    Ticking every(Duration period, Runnable action);

    /** Calls that go on until they are closed. */
    interface Ticking extends AutoCloseable {
        @Override
        void close();
    }

    /** A ticker that never calls, for tests and pictures. */
    static Ticker still() {
        return (period, action) -> () -> {};
    }
}
