package dev.lifeboat.restore.place;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes tar streams as PostgreSQL does, and as it does not. */
final class Tar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Tar file(String name, byte[] content) {
        header(name, '0', content.length, "");
        out.writeBytes(content);
        out.writeBytes(new byte[TarMember.paddingBytes(content.length)]);
        return this;
    }

    Tar file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Tar directory(String name) {
        header(name, '5', 0, "");
        return this;
    }

    Tar link(String name, String target) {
        header(name, '2', 0, target);
        return this;
    }

    Tar other(String name, char type) {
        header(name, type, 0, "");
        return this;
    }

    byte[] end() {
        out.writeBytes(new byte[2 * TarMember.BLOCK_BYTES]);
        return out.toByteArray();
    }

    private void header(String name, char type, long size, String target) {
        byte[] block = new byte[TarMember.BLOCK_BYTES];
        put(block, 0, name);
        put(block, 100, "0000600");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, String.format(Locale.ROOT, "%011o ", size));
        put(block, 136, "00000000000 ");
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 157, target);
        put(block, 257, "ustar");
        put(block, 263, "00");
        int sum = 0;
        for (byte single : block) {
            sum += single & 0xFF;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.writeBytes(block);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
