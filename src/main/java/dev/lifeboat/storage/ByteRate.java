package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelledException;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many bytes a second pass, evenly, for all threads together. */
final class ByteRate {
    private static final long SECOND = 1_000_000_000L;
    private static final int SLICES_PER_SECOND = 20;
    private static final int LARGEST_SLICE = 1 << 20;
    private final long bytesPerSecond;
    private final Sleeper sleeper;
    private final LongSupplier nanoTime;
    private long freeAtNanos;

    ByteRate(long bytesPerSecond, Sleeper sleeper, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.sleeper = sleeper;
        this.nanoTime = nanoTime;
        this.freeAtNanos = nanoTime.getAsLong();
    }

    /** How much should be taken at once, so that nobody waits long. */
    int sliceBytes() {
        return bytesPerSecond == 0
                ? Integer.MAX_VALUE
                : Math.clamp(bytesPerSecond / SLICES_PER_SECOND, 1, LARGEST_SLICE);
    }

    /** Waits until these bytes may have passed. */
    void take(int bytes) throws CancelledException {
        if (bytesPerSecond == 0 || bytes == 0) {
            return;
        }
        long wait;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            long start = freeAtNanos - now > 0 ? freeAtNanos : now;
            freeAtNanos = start + Math.multiplyExact((long) bytes, SECOND) / bytesPerSecond;
            wait = freeAtNanos - now;
        }
        sleeper.sleep(Duration.ofNanos(wait));
    }
}
