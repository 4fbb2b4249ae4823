package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.RelationFile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads what {@link CompactOutput} wrote. */
final class CompactInput {
    private final byte[] bytes;
    private int at;

    CompactInput(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    long number() throws IndexDamage {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = next();
            value |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IndexDamage("a number is too long");
    }

    /** A number that must fit an {@code int} and not be negative. */
    int count() throws IndexDamage {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IndexDamage("a count is " + value);
        }
        return (int) value;
    }

    int unsigned() throws IndexDamage {
        return (int) number();
    }

    long signed() throws IndexDamage {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    boolean flag() throws IndexDamage {
        return next() != 0;
    }

    Instant time() throws IndexDamage {
        return PostgresTime.instant(signed());
    }

    Lsn position(Lsn origin) throws IndexDamage {
        return origin.plus(signed());
    }

    RelationFile file() throws IndexDamage {
        return new RelationFile(number(), number(), number());
    }

    String text() throws IndexDamage {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws IndexDamage {
        int length = count();
        if (length > bytes.length - at) {
            throw new IndexDamage("it ends early");
        }
        byte[] content = new byte[length];
        System.arraycopy(bytes, at, content, 0, length);
        at += length;
        return content;
    }

    private int next() throws IndexDamage {
        if (at == bytes.length) {
            throw new IndexDamage("it ends early");
        }
        return bytes[at++];
    }
}
