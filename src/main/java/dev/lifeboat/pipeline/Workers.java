package dev.lifeboat.pipeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * A few threads that work on parts of one stream, owned by that stream. Closing interrupts what
 * runs and waits until no thread is left.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final CancelToken cancel;
    private final CancelToken.Registration onCancel;

    Workers(String name, int count, CancelToken cancel) {
        this.cancel = cancel;
        threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
        onCancel = cancel.onCancel(this::stop);
    }

    /**
     * @throws CancelledException when the stop was asked for
     */
    <T> Future<T> submit(Callable<T> work) throws CancelledException {
        try {
            cancel.check();
            return threads.submit(work);
        } catch (RejectedExecutionException stopped) {
            throw new CancelledException();
        }
    }

    /**
     * Waits for one part of the work.
     *
     * @throws RecoveryException what stopped it; {@code CANCELLED} when the stop was asked for
     */
    <T> T await(Future<T> part) throws RecoveryException {
        try {
            cancel.check();
            return part.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (CancellationException stopped) {
            throw new CancelledException();
        } catch (ExecutionException failed) {
            cancel.check();
            throw carried(failed.getCause());
        }
    }

    private static RecoveryException carried(Throwable thrown) {
        return switch (thrown) {
            case RecoveryException known -> known;
            case IOException broken -> unwrapped(broken);
            case RuntimeException unknown -> throw unknown;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        };
    }

    private static RecoveryException unwrapped(IOException broken) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException unknown) {
            return new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "A part of the work could not be read or written.",
                    "The system answered: " + unknown.getMessage() + ".",
                    "Look for the cause on this machine, then do it again.",
                    unknown);
        }
    }

    @Override
    public void close() {
        onCancel.close();
        stop();
        threads.close();
    }

    /** Ends what runs, and the waiting for what will never run. */
    private void stop() {
        for (Runnable never : threads.shutdownNow()) {
            if (never instanceof Future<?> part) {
                part.cancel(false);
            }
        }
    }
}
