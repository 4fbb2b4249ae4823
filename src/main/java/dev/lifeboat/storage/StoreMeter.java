package dev.lifeboat.storage;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what stores do, from any thread. One meter may serve several stores; give it to {@link
 * MeteredStore} and, as observer, to {@link RetryingStore}.
 */
public final class StoreMeter implements RetryObserver {
    private final Map<Operation, Counters> counters = new EnumMap<>(Operation.class);
    private final LongAdder retries = new LongAdder();
    private final LongAdder waitedMillis = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    public StoreMeter() {
        for (Operation operation : Operation.values()) {
            counters.put(operation, new Counters());
        }
    }

    /** The methods of {@link ObjectStore} and {@link MultipartUpload} that ask a store. */
    public enum Operation {
        LIST,
        HEAD,
        GET,
        PUT,
        BEGIN,
        PART,
        COMPLETE,
        COPY,
        DELETE,
        THAW,
        PENDING,
        ABORT,
        PROBE
    }

    /**
     * One operation so far.
     *
     * @param calls failed ones included
     * @param total time spent in them; of a GET until its body begins, of a LIST with its visitor
     */
    public record Calls(long calls, long failures, Duration total, Duration slowest) {}

    /**
     * Everything so far.
     *
     * @param waited time spent waiting between tries
     */
    public record Snapshot(
            Map<Operation, Calls> operations,
            long bytesRead,
            long bytesWritten,
            long retries,
            Duration waited) {
        public Calls of(Operation operation) {
            return operations.get(operation);
        }

        public long calls() {
            return operations.values().stream().mapToLong(Calls::calls).sum();
        }
    }

    public Snapshot snapshot() {
        Map<Operation, Calls> operations = new EnumMap<>(Operation.class);
        counters.forEach((operation, counter) -> operations.put(operation, counter.read()));
        return new Snapshot(
                operations,
                bytesRead.sum(),
                bytesWritten.sum(),
                retries.sum(),
                Duration.ofMillis(waitedMillis.sum()));
    }

    @Override
    public void retrying(StorageException failure, Duration wait) {
        retries.increment();
        waitedMillis.add(wait.toMillis());
    }

    void called(Operation operation, long nanos, boolean failed) {
        Counters counter = counters.get(operation);
        counter.calls.increment();
        counter.nanos.add(nanos);
        counter.slowest.accumulate(nanos);
        if (failed) {
            counter.failures.increment();
        }
    }

    void read(long bytes) {
        bytesRead.add(bytes);
    }

    void wrote(long bytes) {
        bytesWritten.add(bytes);
    }

    private static final class Counters {
        private final LongAdder calls = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

        Calls read() {
            return new Calls(
                    calls.sum(),
                    failures.sum(),
                    Duration.ofNanos(nanos.sum()),
                    Duration.ofNanos(slowest.get()));
        }
    }
}
