package dev.lifeboat.storage;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes one object of a size nobody knows yet: a body that fits into one part by a single put, a
 * longer one in parts that are sent in parallel. The object becomes visible with {@link
 * #complete()} and only then; {@link #close()} without it leaves nothing behind.
 *
 * <p>Used by one thread. Memory: parallel parts + 1 buffers of the part size. The part size doubles
 * every 2,000 parts, so that 16 MiB parts reach 992 GB within S3's 10,000 parts.
 */
public final class MultipartOutput extends OutputStream {
    private static final int FIRST_BUFFER_BYTES = 64 * 1024;
    private static final int PARTS_PER_SIZE = 2_000;

    private final ObjectStore store;
    private final String key;
    private final PutOptions options;
    private final int partBytes;
    private final int parallelParts;
    private final Sha256 digest = new Sha256();
    private byte[] buffer = new byte[0];
    private int filled;
    private long sizeBytes;
    private PartSender sender;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        COMPLETED,
        CLOSED
    }

    /**
     * @param partBytes 5 MiB or more; a body up to this size is put in one request
     * @param parallelParts how many parts are on their way at once
     */
    public MultipartOutput(
            ObjectStore store, String key, PutOptions options, int partBytes, int parallelParts) {
        if (partBytes < MultipartUpload.MIN_PART_BYTES || parallelParts < 1) {
            throw new IllegalArgumentException(
                    parallelParts + " parts of " + partBytes + " bytes at once");
        }
        this.store = store;
        this.key = key;
        this.options = options;
        this.partBytes = partBytes;
        this.parallelParts = parallelParts;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    /**
     * @throws StreamException when the store failed, also for a part written earlier
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (state != State.OPEN) {
            throw new IOException("the object '" + key + "' is no longer open");
        }
        digest.update(bytes, offset, length);
        sizeBytes += length;
        int at = offset;
        while (at < offset + length) {
            if (filled == currentPartBytes()) {
                sendPart();
            }
            int count = Math.min(offset + length - at, currentPartBytes() - filled);
            makeRoom(filled + count);
            System.arraycopy(bytes, at, buffer, filled, count);
            filled += count;
            at += count;
        }
    }

    /**
     * Makes the object visible under its key.
     *
     * @return size and digest of what was written
     */
    public Stored complete() throws RecoveryException {
        if (state != State.OPEN) {
            throw new IllegalStateException("the object '" + key + "' is no longer open");
        }
        ObjectInfo info;
        if (sender == null) {
            info = store.put(key, ByteSource.of(buffer, 0, filled), options);
        } else {
            if (filled > 0) {
                sender.send(buffer, filled);
            }
            info = sender.complete();
        }
        state = State.COMPLETED;
        buffer = new byte[0];
        return new Stored(info, digest.finish());
    }

    /** Bytes written so far. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Gives up what was not completed; nothing becomes visible, no part stays behind. */
    @Override
    public void close() {
        if (state == State.OPEN) {
            state = State.CLOSED;
            buffer = new byte[0];
            if (sender != null) {
                sender.close();
            }
        }
    }

    private void sendPart() throws IOException {
        try {
            if (sender == null) {
                sender = new PartSender(store.begin(key, options), parallelParts);
            }
            buffer = sender.send(buffer, filled);
            filled = 0;
        } catch (RecoveryException failure) {
            throw new StreamException(failure);
        }
    }

    private int currentPartBytes() {
        int doublings = sender == null ? 0 : sender.partsSent() / PARTS_PER_SIZE;
        return (int) Math.min((long) partBytes << doublings, Integer.MAX_VALUE - 8);
    }

    private void makeRoom(int needed) {
        if (buffer.length < needed) {
            int doubled =
                    sender == null
                            ? Math.max(FIRST_BUFFER_BYTES, buffer.length * 2)
                            : currentPartBytes();
            buffer = Arrays.copyOf(buffer, Math.max(needed, Math.min(doubled, currentPartBytes())));
        }
    }
}
