package dev.lifeboat.backup;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes the header of a file that is added to a tar stream.
 *
 * <p>Source: POSIX pax, "ustar Interchange Format"; sizes of 8 GiB and more as {@code
 * src/port/tar.c}, print_tar_number, writes them.
 */
final class TarHeader {
    private static final long OCTAL_LIMIT = 1L << 33;

    private TarHeader() {}

    /**
     * The header of a regular file that its owner alone may read and write.
     *
     * @param name at most 99 bytes
     */
    static byte[] of(String name, long sizeBytes, long modifiedEpochSeconds) {
        byte[] block = new byte[TarMember.BLOCK_BYTES];
        if (name.getBytes(StandardCharsets.UTF_8).length > 99) {
            throw new IllegalArgumentException("too long for this kind of header: " + name);
        }
        put(block, 0, name);
        put(block, 100, "0000600\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        size(block, sizeBytes);
        put(block, 136, String.format(Locale.ROOT, "%011o ", modifiedEpochSeconds));
        put(block, 156, "0");
        put(block, 257, "ustar\u000000");
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", TarMember.checksum(block)));
        return block;
    }

    private static void size(byte[] block, long sizeBytes) {
        if (sizeBytes < OCTAL_LIMIT) {
            put(block, 124, String.format(Locale.ROOT, "%011o ", sizeBytes));
            return;
        }
        block[124] = (byte) 0x80;
        for (int i = 0; i < Long.BYTES; i++) {
            block[135 - i] = (byte) (sizeBytes >>> (8 * i));
        }
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
