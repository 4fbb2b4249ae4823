package dev.lifeboat.pipeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells what content is by its first bytes. That bytes which come of a wrong key are taken for
 * something has a chance below one in ten million.
 *
 * <p>Source: RFC 1952, 2.3.1 (gzip); RFC 8878, 3.1 (zstd); POSIX pax (ustar); pg_dump's
 * pg_backup_archiver.h (PGDMP); PostgreSQL's access/xlog_internal.h (XLogLongPageHeaderData).
 */
public final class ContentSniffer {
    /** How many first bytes are enough to tell; fewer do when the content is shorter. */
    public static final int HEAD_BYTES = 512;

    private static final byte[] DUMP = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SALTED = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};
    private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final int USTAR_OFFSET = 257;
    private static final int GZIP_FLAGS = 3;
    private static final int GZIP_RESERVED_FLAGS = 0xe0;
    private static final int LONG_HEADER_BYTES = 40;
    private static final int LONG_HEADER_FLAG = 0x0002;
    private static final int ASCII_ENOUGH = 32;

    private ContentSniffer() {}

    /**
     * @param head the first bytes
     * @param length how many of them count
     */
    public static ContentKind recognise(byte[] head, int length) {
        if (begins(head, length, 0, DUMP)) {
            return ContentKind.CUSTOM_DUMP;
        }
        if (begins(head, length, 0, SALTED)) {
            return ContentKind.ENCRYPTED;
        }
        if (begins(head, length, 0, ZSTD)) {
            return ContentKind.ZSTD;
        }
        if (isGzip(head, length)) {
            return ContentKind.GZIP;
        }
        if (begins(head, length, USTAR_OFFSET, USTAR)) {
            return ContentKind.TAR;
        }
        if (isWal(head, length)) {
            return ContentKind.WAL_SEGMENT;
        }
        return isText(head, length) ? ContentKind.TEXT : ContentKind.UNKNOWN;
    }

    /** Whether the first bytes are anything that a backup may hold. */
    public static boolean isKnown(byte[] head, int length) {
        return recognise(head, length) != ContentKind.UNKNOWN;
    }

    private static boolean begins(byte[] head, int length, int at, byte[] mark) {
        return length >= at + mark.length
                && Arrays.equals(head, at, at + mark.length, mark, 0, mark.length);
    }

    private static boolean isGzip(byte[] head, int length) {
        return length > GZIP_FLAGS
                && begins(head, length, 0, GZIP)
                && (head[GZIP_FLAGS] & GZIP_RESERVED_FLAGS) == 0;
    }

    private static boolean isWal(byte[] head, int length) {
        if (length < LONG_HEADER_BYTES) {
            return false;
        }
        ByteBuffer page = ByteBuffer.wrap(head, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        int magic = page.getShort(0) & 0xffff;
        long address = page.getLong(8);
        int segmentBytes = page.getInt(32);
        int blockBytes = page.getInt(36);
        return magic >= 0xd000
                && magic < 0xd200
                && (page.getShort(2) & LONG_HEADER_FLAG) != 0
                && Integer.bitCount(segmentBytes) == 1
                && Integer.bitCount(blockBytes) == 1
                && address % segmentBytes == 0;
    }

    private static boolean isText(byte[] head, int length) {
        int ascii = 0;
        boolean onlyAscii = true;
        for (int i = 0; i < length; i++) {
            int one = head[i] & 0xff;
            if (isControl(one)) {
                return false;
            }
            onlyAscii &= one < 0x80;
            ascii += onlyAscii ? 1 : 0;
        }
        return onlyAscii || ascii >= ASCII_ENOUGH || isUtf8(head, length);
    }

    private static boolean isControl(int one) {
        boolean layout = one == '\t' || one == '\n' || one == '\r' || one == '\f';
        return one == 0x7f || (one < 0x20 && !layout);
    }

    /** The last character may be cut. */
    private static boolean isUtf8(byte[] head, int length) {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var characters = CharBuffer.allocate(length);
        return !decoder.decode(ByteBuffer.wrap(head, 0, length), characters, false).isError();
    }
}
