package dev.lifeboat.wal;

import java.nio.charset.StandardCharsets;

/**
 * Reads the main data of a record from front to back. Reading past its end gives zero and is
 * remembered, so that a decoder asks once, at its own end.
 */
final class MainData {
    private byte[] bytes = {};
    private int start;
    private int cursor;
    private int limit;
    private boolean cutShort;

    void set(WalRecord record) {
        bytes = record.bytes();
        start = record.mainAt();
        cursor = start;
        limit = start + record.mainBytes();
        cutShort = false;
    }

    /** Whether something was read that is not there or cannot be. */
    boolean isCutShort() {
        return cutShort;
    }

    /** Marks the content as not what it promises to be. */
    void fail() {
        cutShort = true;
    }

    boolean has(long needed) {
        return limit - cursor >= needed;
    }

    /** Where the next field lies in the record's bytes. */
    int position() {
        return cursor;
    }

    int u8() {
        return take(1) ? LittleEndian.u8(bytes, cursor - 1) : 0;
    }

    int u16() {
        return take(2) ? LittleEndian.u16(bytes, cursor - 2) : 0;
    }

    int i32() {
        return take(4) ? LittleEndian.i32(bytes, cursor - 4) : 0;
    }

    long u32() {
        return i32() & 0xFFFFFFFFL;
    }

    long i64() {
        return take(8) ? LittleEndian.i64(bytes, cursor - 8) : 0;
    }

    /** Passes over so many elements of that size; gives where the first lies. */
    int skip(int count, int sizeBytes) {
        int from = cursor;
        long bytesToSkip = (long) count * sizeBytes;
        if (count < 0 || bytesToSkip > limit - cursor) {
            cutShort = true;
            cursor = limit;
        } else {
            cursor += (int) bytesToSkip;
        }
        return from;
    }

    /** Moves on to the next multiple of eight bytes from the beginning, or to the end. */
    void align() {
        cursor = Math.min(limit, cursor + (-(cursor - start) & 7));
    }

    /** A text that ends with a zero byte, in UTF-8; what is no UTF-8 is replaced. */
    String text() {
        int from = cursor;
        return new String(bytes, from, skipText(), StandardCharsets.UTF_8);
    }

    /** Passes over such a text; gives its length without the zero byte. */
    int skipText() {
        int from = cursor;
        while (cursor < limit && bytes[cursor] != 0) {
            cursor++;
        }
        int length = cursor - from;
        skip(1, 1);
        return length;
    }

    private boolean take(int size) {
        if (limit - cursor < size) {
            cutShort = true;
            cursor = limit;
            return false;
        }
        cursor += size;
        return true;
    }
}
