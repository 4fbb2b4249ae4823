package dev.lifeboat.wal;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A record that runs across pages, put together. Memory grows with the bytes that were really read,
 * and only up to a limit; the checksum covers all of them.
 */
final class PartialRecord {
    static final int HELD_LIMIT_BYTES = 32 << 20;
    private static final int FIRST_CAPACITY_BYTES = 64 << 10;

    private final CRC32C crc = new CRC32C();
    private byte[] held = new byte[FIRST_CAPACITY_BYTES];
    private int total;
    private int got;
    private long start;

    boolean isOpen() {
        return total > 0;
    }

    void open(long startLsn, int totalBytes) {
        start = startLsn;
        total = totalBytes;
        got = 0;
        crc.reset();
    }

    void close() {
        total = 0;
    }

    long start() {
        return start;
    }

    int totalBytes() {
        return total;
    }

    int missingBytes() {
        return total - got;
    }

    int heldBytes() {
        return Math.min(got, HELD_LIMIT_BYTES);
    }

    byte[] bytes() {
        return held;
    }

    boolean hasHeader() {
        return got >= WalRecord.HEADER_BYTES;
    }

    void append(byte[] source, int at, int length) {
        int header = Math.clamp(WalRecord.HEADER_BYTES - got, 0, length);
        crc.update(source, at + header, length - header);
        int room = Math.min(length, HELD_LIMIT_BYTES - heldBytes());
        if (room > 0) {
            if (got + room > held.length) {
                int capacity = Math.max(got + room, Math.min(held.length * 2, HELD_LIMIT_BYTES));
                held = Arrays.copyOf(held, capacity);
            }
            System.arraycopy(source, at, held, got, room);
        }
        got += length;
    }

    /** Whether the checksum of the whole record is right. */
    boolean isIntact() {
        crc.update(held, 0, WalRecord.CRC_AT);
        return (int) crc.getValue() == LittleEndian.i32(held, WalRecord.CRC_AT);
    }
}
