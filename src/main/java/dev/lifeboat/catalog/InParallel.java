package dev.lifeboat.catalog;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/**
 * Does the same to many items, so many at once and so many bytes at once. The first failure ends
 * the others.
 */
public final class InParallel {
    private static final long UNIT_BYTES = 4096;

    private final Semaphore slots;
    private final Semaphore memory;
    private final int memoryUnits;
    private final CancelToken cancel;
    private final AtomicBoolean failed = new AtomicBoolean();

    public InParallel(int atOnce, long bytesAtOnce, CancelToken cancel) {
        this.slots = new Semaphore(atOnce);
        this.memoryUnits = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesAtOnce / UNIT_BYTES));
        this.memory = new Semaphore(memoryUnits);
        this.cancel = cancel;
    }

    /** What is done to one item. */
    @FunctionalInterface
    public interface Work<T, R> {
        R on(T item) throws RecoveryException;
    }

    /**
     * The results in the order of the items.
     *
     * @param bytes how much memory an item takes, about; one that alone is over the limit runs
     *     alone
     */
    public <T, R> List<R> map(List<T> items, ToLongFunction<T> bytes, Work<T, R> work)
            throws RecoveryException {
        List<Future<R>> futures = new ArrayList<>(items.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var _ = cancel.onCancel(threads::shutdownNow)) {
            try {
                for (T item : items) {
                    cancel.check();
                    if (failed.get()) {
                        break;
                    }
                    int units = Math.clamp(bytes.applyAsLong(item) / UNIT_BYTES, 1, memoryUnits);
                    slots.acquire();
                    memory.acquire(units);
                    futures.add(threads.submit(() -> done(item, units, work)));
                }
                return results(futures);
            } catch (InterruptedException | RejectedExecutionException stopped) {
                throw new CancelledException();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private <T, R> R done(T item, int units, Work<T, R> work) throws RecoveryException {
        boolean done = false;
        try {
            R result = work.on(item);
            done = true;
            return result;
        } finally {
            failed.compareAndSet(false, !done);
            memory.release(units);
            slots.release();
        }
    }

    private static <R> List<R> results(List<Future<R>> futures)
            throws RecoveryException, InterruptedException {
        List<R> results = new ArrayList<>(futures.size());
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RecoveryException problem) {
                    throw problem;
                }
                throw new IllegalStateException(failed.getCause());
            }
        }
        return results;
    }
}
