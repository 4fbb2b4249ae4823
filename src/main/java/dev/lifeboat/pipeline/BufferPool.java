package dev.lifeboat.pipeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import java.util.ArrayDeque;

/**
 * A fixed number of buffers of one size, used again and again: who needs one waits until one is
 * free. Takes {@code count x bufferBytes} of memory at most, and each buffer only once it is
 * needed. Safe for use by many threads.
 */
public final class BufferPool {
    private final int bufferBytes;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int unmade;

    public BufferPool(int count, int bufferBytes) {
        if (count < 1 || bufferBytes < 1) {
            throw new IllegalArgumentException(count + " buffers of " + bufferBytes + " bytes");
        }
        this.unmade = count;
        this.bufferBytes = bufferBytes;
    }

    public int bufferBytes() {
        return bufferBytes;
    }

    /**
     * Waits for a free buffer. What it holds is left over from its last use.
     *
     * @throws CancelledException when the stop is asked for while it waits, or was before, or the
     *     thread is interrupted
     */
    public PooledBuffer take(CancelToken cancel) throws CancelledException {
        try (var _ = cancel.onCancel(this::wake)) {
            return new PooledBuffer(this, await(cancel));
        }
    }

    private synchronized byte[] await(CancelToken cancel) throws CancelledException {
        cancel.check();
        while (free.isEmpty() && unmade == 0) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
            cancel.check();
        }
        if (free.isEmpty()) {
            unmade--;
            return new byte[bufferBytes];
        }
        return free.pop();
    }

    synchronized void give(byte[] buffer) {
        free.push(buffer);
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }
}
