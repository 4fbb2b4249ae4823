package dev.lifeboat.kernel;

/**
 * A position in the write-ahead log: an unsigned 64-bit byte offset, printed as PostgreSQL prints
 * it.
 *
 * <p>Source: PostgreSQL documentation, 8.20 "pg_lsn Type".
 */
public record Lsn(long value) implements Comparable<Lsn> {
    /** The position PostgreSQL calls invalid. */
    public static final Lsn ZERO = new Lsn(0);

    /**
     * Reads {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException when the text is no LSN
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1
                || slash > 8
                || text.length() - slash - 1 < 1
                || text.length() - slash - 1 > 8) {
            throw new IllegalArgumentException("'" + text + "' is no LSN such as 16/B374D848");
        }
        try {
            long high = Integer.parseUnsignedInt(text.substring(0, slash), 16) & 0xFFFFFFFFL;
            long low = Integer.parseUnsignedInt(text.substring(slash + 1), 16) & 0xFFFFFFFFL;
            return new Lsn(high << 32 | low);
        } catch (NumberFormatException notHex) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no LSN such as 16/B374D848", notHex);
        }
    }

    public Lsn plus(long bytes) {
        return new Lsn(value + bytes);
    }

    /** Bytes from {@code earlier} to here; negative when {@code earlier} lies behind. */
    public long minus(Lsn earlier) {
        return value - earlier.value;
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFFFFFFL);
    }
}
