package dev.lifeboat.wal;

import java.io.ByteArrayOutputStream;

/** Little-endian fields, one after the other. */
final class Fields {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Fields i8(int value) {
        bytes.write(value);
        return this;
    }

    Fields i16(int value) {
        return i8(value).i8(value >>> 8);
    }

    Fields i32(int value) {
        return i16(value).i16(value >>> 16);
    }

    Fields i64(long value) {
        return i32((int) value).i32((int) (value >>> 32));
    }

    Fields bytes(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    Fields zeroes(int count) {
        return bytes(new byte[count]);
    }

    Fields relation(RelationFile file) {
        return i32((int) file.tablespace()).i32((int) file.database()).i32((int) file.number());
    }

    byte[] done() {
        return bytes.toByteArray();
    }
}
