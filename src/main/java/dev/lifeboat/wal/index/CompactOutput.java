package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.RelationFile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes numbers in as few bytes as they need: seven bits in each, the lowest first. */
final class CompactOutput {
    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    byte[] done() {
        return Arrays.copyOf(bytes, size);
    }

    /** A number taken as unsigned. */
    CompactOutput number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
        return this;
    }

    /** A number that is near zero on either side. */
    CompactOutput signed(long value) {
        return number((value << 1) ^ (value >> 63));
    }

    CompactOutput flag(boolean value) {
        put(value ? 1 : 0);
        return this;
    }

    CompactOutput time(Instant time) {
        return signed(PostgresTime.micros(time));
    }

    /** A position near {@code origin}. */
    CompactOutput position(Lsn lsn, Lsn origin) {
        return signed(lsn.minus(origin));
    }

    CompactOutput file(RelationFile file) {
        return number(file.tablespace()).number(file.database()).number(file.number());
    }

    CompactOutput text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With their count before them. */
    CompactOutput bytes(byte[] content) {
        number(content.length);
        room(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
        return this;
    }

    private void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
