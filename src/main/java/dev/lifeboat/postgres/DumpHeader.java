package dev.lifeboat.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a dump of the custom format says of itself in its first bytes.
 *
 * <p>Source: src/bin/pg_dump/pg_backup_archiver.c, ReadHead, ReadInt, ReadStr;
 * pg_backup_archiver.h, K_VERS_*.
 *
 * @param archiveVersion of the format, for example {@code 1.14}
 * @param database the database it was made of
 * @param server the version of that database's server
 * @param program the version of the {@code pg_dump} that made it
 */
public record DumpHeader(
        String archiveVersion,
        Optional<String> database,
        Optional<PgVersion> server,
        Optional<PgVersion> program) {
    /** How many first bytes hold all of it; names of databases have at most 63 bytes. */
    public static final int HEAD_BYTES = 1024;

    private static final byte[] MARK = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final int CREATION_TIME_FIELDS = 7;

    /**
     * Reads the beginning of a dump.
     *
     * @param length how many bytes of it count
     * @return empty when it is no dump of the custom format, or of a version before 1.12 (2010)
     */
    public static Optional<DumpHeader> read(byte[] head, int length) {
        var bytes = new Cursor(head, length);
        try {
            for (byte each : MARK) {
                if (bytes.next() != each) {
                    return Optional.empty();
                }
            }
            return Optional.of(read(bytes));
        } catch (IndexOutOfBoundsException cutOff) {
            return Optional.empty();
        }
    }

    private static DumpHeader read(Cursor bytes) {
        int major = bytes.next();
        int minor = bytes.next();
        bytes.next();
        bytes.integerBytes = bytes.next();
        bytes.next();
        bytes.next();
        if (major == 1 && minor < 15) {
            bytes.integer();
        } else {
            bytes.next();
        }
        for (int i = 0; i < CREATION_TIME_FIELDS; i++) {
            bytes.integer();
        }
        return new DumpHeader(
                major + "." + minor, bytes.text(), version(bytes.text()), version(bytes.text()));
    }

    private static Optional<PgVersion> version(Optional<String> text) {
        return text.flatMap(printed -> PgVersion.ofProgram("(PostgreSQL) " + printed));
    }

    /** The oldest program that is sure to read it: the one that wrote it. */
    public Optional<PgVersion> neededProgram() {
        return program.or(() -> server);
    }

    /** Reads what a dump's integers and texts are made of. */
    private static final class Cursor {
        private final byte[] bytes;
        private final int length;
        private int position;
        private int integerBytes;

        Cursor(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        int next() {
            if (position >= length) {
                throw new IndexOutOfBoundsException(position);
            }
            return bytes[position++] & 0xff;
        }

        /** A sign, then the bytes, the lowest first. */
        int integer() {
            boolean negative = next() != 0;
            int value = 0;
            for (int i = 0; i < integerBytes; i++) {
                value |= next() << (8 * i);
            }
            return negative ? -value : value;
        }

        Optional<String> text() {
            int size = integer();
            if (size < 0) {
                return Optional.empty();
            }
            if (size > length - position) {
                throw new IndexOutOfBoundsException(size);
            }
            String text = new String(bytes, position, size, StandardCharsets.UTF_8);
            position += size;
            return Optional.of(text);
        }
    }
}
