package dev.lifeboat.pipeline;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Bytes kept in memory in pieces small enough for the collector not to treat them as huge. Written
 * by one thread, then read by any number of threads, as often as they like.
 */
public final class StoredBytes {
    private static final int PIECE_BYTES = 256 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private long sizeBytes;

    StoredBytes() {}

    public long sizeBytes() {
        return sizeBytes;
    }

    /** The bytes from the start. */
    public InputStream open() {
        List<ByteArrayInputStream> streams = new ArrayList<>();
        long left = sizeBytes;
        for (byte[] piece : pieces) {
            int count = (int) Math.min(piece.length, left);
            streams.add(new ByteArrayInputStream(piece, 0, count));
            left -= count;
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** Adds what is written at the end. */
    OutputStream appending() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) {
                append(buffer, offset, length);
            }
        };
    }

    private void append(byte[] buffer, int offset, int length) {
        int from = offset;
        while (from < offset + length) {
            int used = (int) (sizeBytes % PIECE_BYTES);
            if (used == 0) {
                pieces.add(new byte[PIECE_BYTES]);
            }
            int count = Math.min(PIECE_BYTES - used, offset + length - from);
            System.arraycopy(buffer, from, pieces.getLast(), used, count);
            sizeBytes += count;
            from += count;
        }
    }
}
