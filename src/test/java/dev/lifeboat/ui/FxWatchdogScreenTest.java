package dev.lifeboat.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.locks.LockSupport;

class FxWatchdogScreenTest {
    @Test
    void findsWhatKeepsTheFxThread() {
        try (var watchdog = new FxWatchdog()) {
            FxToolkit.settle();
            FxToolkit.onFx(FxWatchdogScreenTest::stand);

            assertThat(watchdog.findings()).isNotEmpty();
        }
    }

    @Test
    void findsNothingWhereNothingIsDone() {
        try (var watchdog = new FxWatchdog()) {
            FxToolkit.settle();

            assertThat(watchdog.findings()).isEmpty();
        }
    }

    /** As something that waits for a network would. */
    private static void stand() {
        long until = System.nanoTime() + 600_000_000;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
