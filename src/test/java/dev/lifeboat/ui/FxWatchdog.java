package dev.lifeboat.ui;

import javafx.application.Platform;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds work on the FX thread that keeps it for more than 100 ms: by the time it computes, or by
 * the time it stands still inside one event. A machine that is busy with something else is not held
 * against it.
 */
public final class FxWatchdog implements AutoCloseable {
    private static final long LIMIT_NANOS = 100_000_000;
    private static final long LOOK_MILLIS = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private final Thread fx = FxToolkit.fx(Thread::currentThread);
    private final AtomicLong events = new AtomicLong();
    private final List<String> found = new ArrayList<>();
    private final List<String> stood = new ArrayList<>();
    private final Thread watcher = new Thread(this::watch, "fx-watchdog");
    private volatile boolean over;

    /** Begins to watch. */
    public FxWatchdog() {
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        long seen = -1;
        long computedBefore = 0;
        long stoodNanos = 0;
        while (!over) {
            long now = events.get();
            long computed = THREADS.getThreadCpuTime(fx.threadId());
            if (now != seen) {
                seen = now;
                computedBefore = computed;
                stoodNanos = 0;
                Platform.runLater(events::incrementAndGet);
            } else {
                stoodNanos += stands() ? LOOK_MILLIS * 1_000_000 : 0;
                if (computed - computedBefore > LIMIT_NANOS || stoodNanos > LIMIT_NANOS) {
                    blame(stoodNanos > LIMIT_NANOS);
                    computedBefore = computed;
                    stoodNanos = 0;
                }
            }
            pause();
        }
    }

    /** Waiting inside an event; waiting for the next event is what it should do. */
    private boolean stands() {
        boolean waits = fx.getState() != Thread.State.RUNNABLE;
        StackTraceElement[] stack = fx.getStackTrace();
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("dev.lifeboat.")) {
                return waits;
            }
        }
        return false;
    }

    private synchronized void blame(boolean stoodStill) {
        StringBuilder text = new StringBuilder("the FX thread was kept for more than 100 ms at");
        for (StackTraceElement frame : fx.getStackTrace()) {
            text.append("\n    ").append(frame);
        }
        found.add(text.toString());
        if (stoodStill) {
            stood.add(text.toString());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was found so far. */
    public synchronized List<String> findings() {
        return List.copyOf(found);
    }

    /**
     * Those of them in which it stood still, waiting for a disk, a server or a lock: what a first
     * showing computes, in code that was never run before, is not among them.
     */
    public synchronized List<String> standstills() {
        return List.copyOf(stood);
    }

    @Override
    public void close() {
        over = true;
        watcher.interrupt();
    }
}
