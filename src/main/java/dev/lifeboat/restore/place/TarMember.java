package dev.lifeboat.restore.place;

import java.nio.charset.StandardCharsets;

/**
 * The header of a member of a tar stream as PostgreSQL writes it.
 *
 * <p>Source: {@code src/port/tar.c}, tarCreateHeader: ustar, a size of 8 GiB or more in base 256;
 * {@code basebackup.c} sends files, directories and symbolic links.
 *
 * @param name as written, without the trailing slash of a directory
 * @param sizeBytes of the content that follows
 */
record TarMember(String name, Kind kind, long sizeBytes) {
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

    enum Kind {
        FILE,
        DIRECTORY,
        LINK
    }

    /** Thrown for bytes that are no header of a member PostgreSQL sends. */
    static final class NoHeader extends Exception {
        private static final long serialVersionUID = 1L;

        NoHeader(String why) {
            super(why);
        }
    }

    static TarMember parse(byte[] bytes, int at) throws NoHeader {
        if (checksum(bytes, at) != number(bytes, at + CHECKSUM_AT, CHECKSUM_BYTES)) {
            throw new NoHeader("a header's checksum is wrong");
        }
        if (!text(bytes, at + MAGIC_AT, 5).equals("ustar")) {
            throw new NoHeader("a header is not of the ustar format");
        }
        Kind kind =
                switch (bytes[at + KIND_AT]) {
                    case '0', 0 -> Kind.FILE;
                    case '5' -> Kind.DIRECTORY;
                    case '2' -> Kind.LINK;
                    default -> throw new NoHeader("a member is no file, directory or link");
                };
        long size = number(bytes, at + SIZE_AT, SIZE_BYTES);
        if (size < 0) {
            throw new NoHeader("a member has a negative size");
        }
        return new TarMember(name(bytes, at), kind, kind == Kind.FILE ? size : 0);
    }

    static boolean isEndBlock(byte[] bytes, int at) {
        for (int i = at; i < at + BLOCK_BYTES; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes that fill content of that length up to whole blocks. */
    static int paddingBytes(long sizeBytes) {
        return (int) (-sizeBytes & BLOCK_BYTES - 1);
    }

    private static String name(byte[] bytes, int at) throws NoHeader {
        String prefix = text(bytes, at + PREFIX_AT, PREFIX_BYTES);
        String name = text(bytes, at, NAME_BYTES);
        if (name.isEmpty()) {
            throw new NoHeader("a member has no name");
        }
        String whole = prefix.isEmpty() ? name : prefix + "/" + name;
        return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }

    /** Sums all bytes with the checksum's own field taken as blanks. */
    private static int checksum(byte[] bytes, int at) {
        int sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : bytes[at + i] & 0xFF;
        }
        return sum;
    }

    private static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private static long number(byte[] bytes, int at, int length) throws NoHeader {
        if ((bytes[at] & 0x80) != 0) {
            long value = bytes[at] & 0x7F;
            for (int i = at + 1; i < at + length; i++) {
                value = value << 8 | (bytes[i] & 0xFF);
            }
            return value;
        }
        try {
            String digits = text(bytes, at, length).strip();
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException notOctal) {
            throw new NoHeader("a header holds no number where one belongs");
        }
    }
}
