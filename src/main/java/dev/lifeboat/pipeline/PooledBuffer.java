package dev.lifeboat.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/** A buffer of a {@link BufferPool}; closing it gives it back. A second close does nothing. */
public final class PooledBuffer implements AutoCloseable {
    private final BufferPool pool;
    private final AtomicReference<byte[]> bytes;

    PooledBuffer(BufferPool pool, byte[] bytes) {
        this.pool = pool;
        this.bytes = new AtomicReference<>(bytes);
    }

    /** The buffer itself; not to be used after {@link #close()}. */
    public byte[] bytes() {
        byte[] held = bytes.get();
        if (held == null) {
            throw new IllegalStateException("This buffer was given back.");
        }
        return held;
    }

    @Override
    public void close() {
        byte[] held = bytes.getAndSet(null);
        if (held != null) {
            pool.give(held);
        }
    }
}
