package dev.lifeboat.pipeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.Future;

/**
 * Cuts a stream into frames of a fixed plain size (the last may be shorter) and compresses,
 * encrypts and stores them by several threads. The first failure ends it: the next write, or {@link
 * #finish()}, throws it.
 *
 * <p>Memory: {@code jobs + 1} plain frames, and {@code jobs} stored ones. Used by one thread;
 * {@link #close()} without {@code finish} interrupts what is being stored and waits for it.
 */
public final class FrameWriter extends OutputStream {
    /** The plain size of a frame in the format: 64 MiB. */
    public static final int DEFAULT_FRAME_BYTES = 64 * 1024 * 1024;

    private final Encoding encoding;
    private final FrameSink sink;
    private final CancelToken cancel;
    private final Progress progress;
    private final BufferPool buffers;
    private final Workers workers;
    private final ArrayDeque<Future<Void>> underway = new ArrayDeque<>();
    private PooledBuffer current;
    private int filled;
    private int frames;

    /**
     * @param frameBytes how much of the stream one frame holds
     * @param jobs how many frames are encoded and stored at once
     * @param progress counts plain bytes, as they are encoded
     */
    public FrameWriter(
            int frameBytes,
            int jobs,
            Encoding encoding,
            FrameSink sink,
            CancelToken cancel,
            Progress progress) {
        this.encoding = encoding;
        this.sink = sink;
        this.cancel = cancel;
        this.progress = progress;
        buffers = new BufferPool(jobs + 1, frameBytes);
        workers = new Workers("frame", jobs, cancel);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /**
     * Waits while all buffers are in use.
     *
     * @throws StreamException what stopped this or an earlier frame, or {@code CANCELLED}
     */
    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        try {
            int from = offset;
            while (from < offset + length) {
                if (current == null) {
                    rethrowFailure();
                    current = buffers.take(cancel);
                }
                int count = Math.min(buffers.bufferBytes() - filled, offset + length - from);
                System.arraycopy(buffer, from, current.bytes(), filled, count);
                filled += count;
                from += count;
                if (filled == buffers.bufferBytes()) {
                    send();
                }
            }
        } catch (RecoveryException problem) {
            throw new StreamException(problem);
        }
    }

    /**
     * Waits until every frame is stored. Nothing may be written afterwards.
     *
     * @return how many frames there are
     */
    public int finish() throws RecoveryException {
        if (filled > 0) {
            send();
        }
        while (!underway.isEmpty()) {
            workers.await(underway.remove());
        }
        return frames;
    }

    @Override
    public void close() {
        workers.close();
    }

    private void send() throws CancelledException {
        PooledBuffer plain = current;
        int length = filled;
        int index = frames++;
        current = null;
        filled = 0;
        underway.add(
                workers.submit(
                        () -> {
                            sink.store(encode(index, plain, length));
                            return null;
                        }));
    }

    /** Gives the buffer back before the frame is stored: encoding is over by then. */
    private EncodedFrame encode(int index, PooledBuffer plain, int length) throws IOException {
        var stored = new StoredBytes();
        try (plain;
                var out =
                        new EncodingOutput(
                                stored.appending(), encoding, length, cancel, progress)) {
            out.write(plain.bytes(), 0, length);
            return new EncodedFrame(index, out.finish(), stored);
        }
    }

    private void rethrowFailure() throws RecoveryException {
        for (var parts = underway.iterator(); parts.hasNext(); ) {
            Future<Void> part = parts.next();
            if (part.isDone()) {
                parts.remove();
                workers.await(part);
            }
        }
    }
}
