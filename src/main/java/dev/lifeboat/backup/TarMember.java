package dev.lifeboat.backup;

import java.nio.charset.StandardCharsets;

/**
 * The header of a member of a tar stream as PostgreSQL writes it.
 *
 * <p>Source: {@code src/port/tar.c}, tarCreateHeader: ustar, a size of 8 GiB or more in base 256;
 * {@code src/include/pgtar.h}. {@code basebackup.c} sends files, directories and symbolic links.
 *
 * @param name without a leading {@code ./} and without the trailing slash of a directory
 * @param sizeBytes of the content that follows
 */
public record TarMember(String name, Kind kind, long sizeBytes) {
    static final int BLOCK_BYTES = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int KIND_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    public enum Kind {
        FILE,
        DIRECTORY,
        LINK
    }

    /** Thrown for bytes that are no header. */
    static final class NoHeader extends Exception {
        private static final long serialVersionUID = 1L;

        NoHeader(String why) {
            super(why);
        }
    }

    static TarMember parse(byte[] block) throws NoHeader {
        if (checksum(block) != number(block, CHECKSUM_AT, CHECKSUM_BYTES)) {
            throw new NoHeader("a header's checksum is wrong");
        }
        if (!text(block, MAGIC_AT, 5).equals("ustar")) {
            throw new NoHeader("a header is not of the ustar format");
        }
        Kind kind =
                switch (block[KIND_AT]) {
                    case '0', 0 -> Kind.FILE;
                    case '5' -> Kind.DIRECTORY;
                    case '2' -> Kind.LINK;
                    default ->
                            throw new NoHeader(
                                    "a member has the type '" + (char) block[KIND_AT] + "'");
                };
        long size = number(block, SIZE_AT, SIZE_BYTES);
        if (size < 0) {
            throw new NoHeader("a member has a negative size");
        }
        return new TarMember(name(block), kind, kind == Kind.FILE ? size : 0);
    }

    /** Bytes up to the next header: the content filled up to whole blocks. */
    long paddedBytes() {
        return (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    static boolean isEndBlock(byte[] block) {
        for (byte single : block) {
            if (single != 0) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] block) throws NoHeader {
        String prefix = text(block, PREFIX_AT, PREFIX_BYTES);
        String name = text(block, 0, NAME_BYTES);
        String whole = prefix.isEmpty() ? name : prefix + "/" + name;
        whole = whole.startsWith("./") ? whole.substring(2) : whole;
        whole = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        if (name.isEmpty()) {
            throw new NoHeader("a member has no name");
        }
        return whole;
    }

    /** Sums all bytes with the checksum's own field taken as blanks. */
    static int checksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : block[i] & 0xFF;
        }
        return sum;
    }

    private static String text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, int at, int length) throws NoHeader {
        if ((block[at] & 0x80) != 0) {
            long value = block[at] & 0x7F;
            for (int i = at + 1; i < at + length; i++) {
                value = value << 8 | (block[i] & 0xFF);
            }
            return value;
        }
        try {
            String digits = text(block, at, length).strip();
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException notOctal) {
            throw new NoHeader("a header holds no number where one belongs");
        }
    }
}
