package dev.lifeboat.kernel;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries the wish to stop into long work. Work calls {@link #check()} once a buffer; whoever wants
 * it stopped calls {@link #cancel()}. Safe for use by many threads.
 */
public final class CancelToken {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CopyOnWriteArrayList<Runnable> actions = new CopyOnWriteArrayList<>();

    /** A token that is never cancelled by anybody else: for work that must run to its end. */
    public static CancelToken never() {
        return new CancelToken();
    }

    /**
     * Asks for the stop, and runs what {@link #onCancel} registered, in this thread. A second call
     * does nothing.
     */
    public void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            actions.forEach(Runnable::run);
        }
    }

    public boolean isCancelled() {
        return cancelled.get();
    }

    /**
     * @throws CancelledException when the stop was asked for
     */
    public void check() throws CancelledException {
        if (cancelled.get()) {
            throw new CancelledException();
        }
    }

    /**
     * Runs an action when the stop is asked for (at once if it already was): closes a stream that
     * blocks, ends a process. The action may run twice when both happen together, so it must bear
     * that.
     *
     * @return removes the action; close it when the work it would stop is over
     */
    public Registration onCancel(Runnable action) {
        actions.add(action);
        if (cancelled.get()) {
            action.run();
        }
        return () -> actions.remove(action);
    }

    /** An action waiting for the stop. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits, and ends the wait at once when the stop is asked for. */
    public void sleep(java.time.Duration duration) throws CancelledException {
        Thread sleeper = Thread.currentThread();
        try (var _ = onCancel(sleeper::interrupt)) {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            cancel();
        }
        check();
    }
}
