package dev.lifeboat.wal;

import java.util.OptionalInt;

/**
 * The block references of one record and the sizes of what follows them. Images are measured and
 * never unpacked.
 *
 * <p>Source: {@code src/include/access/xlogrecord.h}, XLogRecordBlockHeader,
 * XLogRecordBlockImageHeader, XLogRecordBlockCompressHeader; {@code xlogreader.c},
 * DecodeXLogRecord.
 */
final class WalBlocks {
    private static final int MAX = 33;
    private static final int MAIN_SHORT = 255;
    private static final int MAIN_LONG = 254;
    private static final int ORIGIN = 253;
    private static final int TOP_LEVEL_XID = 252;

    private static final int HAS_IMAGE = 0x10;
    private static final int HAS_DATA = 0x20;
    private static final int SAME_RELATION = 0x80;
    private static final int IMAGE_HAS_HOLE = 0x01;
    private static final int IMAGE_COMPRESSED = 0x1C;

    private final int[] ids = new int[MAX];
    private final int[] forkFlags = new int[MAX];
    private final int[] tablespaces = new int[MAX];
    private final int[] databases = new int[MAX];
    private final int[] relations = new int[MAX];
    private final int[] blocks = new int[MAX];
    private final int[] imageLengths = new int[MAX];
    private final int[] imageHoles = new int[MAX];
    private final int[] imageFlags = new int[MAX];
    private final int[] dataLengths = new int[MAX];
    private int count;
    private int imageBytes;
    private int mainBytes;
    private int topLevelXid;

    private byte[] bytes = {};
    private int cursor;
    private int limit;

    /** Bytes behind the headers that the headers read so far lay claim to. */
    private long claimed;

    /** Null, or what is wrong. */
    String parse(byte[] source, int at, int heldBytes, int totalBytes) {
        bytes = source;
        cursor = at + WalRecord.HEADER_BYTES;
        limit = at + heldBytes;
        long end = (long) at + totalBytes;
        count = 0;
        imageBytes = 0;
        mainBytes = 0;
        topLevelXid = 0;
        claimed = 0;
        while (end - cursor > claimed) {
            int id = has(1) ? LittleEndian.u8(source, cursor++) : -1;
            if (id == MAIN_SHORT || id == MAIN_LONG) {
                return main(id) && end - cursor == claimed ? null : "its lengths do not add up";
            }
            String fault = id < MAX ? block(id) : extra(id);
            if (fault != null) {
                return fault;
            }
        }
        return end - cursor == claimed ? null : "its lengths do not add up";
    }

    private boolean has(int needed) {
        return limit - cursor >= needed;
    }

    private boolean main(int id) {
        int width = id == MAIN_SHORT ? 1 : 4;
        if (!has(width)) {
            return false;
        }
        long length = width == 1 ? LittleEndian.u8(bytes, cursor) : LittleEndian.u32(bytes, cursor);
        cursor += width;
        claimed += length;
        mainBytes = (int) length;
        return length <= WalRecord.MAX_BYTES;
    }

    private String extra(int id) {
        if (id == ORIGIN && has(2)) {
            cursor += 2;
            return null;
        }
        if (id == TOP_LEVEL_XID && has(4)) {
            topLevelXid = LittleEndian.i32(bytes, cursor);
            cursor += 4;
            return null;
        }
        return "it has a part of kind " + id;
    }

    private String block(int id) {
        if (id < 0 || !has(3)) {
            return "a block header is cut short";
        }
        if (count > 0 && id <= ids[count - 1]) {
            return "block " + id + " is out of order";
        }
        int flags = LittleEndian.u8(bytes, cursor);
        int dataBytes = LittleEndian.u16(bytes, cursor + 1);
        cursor += 3;
        if ((flags & HAS_DATA) != 0 == (dataBytes == 0)) {
            return "block " + id + " contradicts itself on its data";
        }
        claimed += dataBytes;
        ids[count] = id;
        forkFlags[count] = flags;
        dataLengths[count] = dataBytes;
        imageLengths[count] = 0;
        if ((flags & HAS_IMAGE) != 0 && !image()) {
            return "an image header is cut short";
        }
        return reference(flags);
    }

    private boolean image() {
        if (!has(5)) {
            return false;
        }
        int length = LittleEndian.u16(bytes, cursor);
        int info = LittleEndian.u8(bytes, cursor + 4);
        imageLengths[count] = length;
        imageHoles[count] = LittleEndian.u16(bytes, cursor + 2);
        imageFlags[count] = info;
        cursor += 5;
        if ((info & IMAGE_HAS_HOLE) != 0 && (info & IMAGE_COMPRESSED) != 0) {
            cursor += 2;
        }
        imageBytes += length;
        claimed += length;
        return has(0);
    }

    private String reference(int flags) {
        boolean same = (flags & SAME_RELATION) != 0;
        if (same && count == 0) {
            return "its first block names no relation";
        }
        if (!has(same ? 4 : 16)) {
            return "a block header is cut short";
        }
        if (same) {
            tablespaces[count] = tablespaces[count - 1];
            databases[count] = databases[count - 1];
            relations[count] = relations[count - 1];
        } else {
            tablespaces[count] = LittleEndian.i32(bytes, cursor);
            databases[count] = LittleEndian.i32(bytes, cursor + 4);
            relations[count] = LittleEndian.i32(bytes, cursor + 8);
            cursor += 12;
        }
        blocks[count++] = LittleEndian.i32(bytes, cursor);
        cursor += 4;
        return null;
    }

    int count() {
        return count;
    }

    int imageBytes() {
        return imageBytes;
    }

    int mainBytes() {
        return mainBytes;
    }

    OptionalInt topLevelXid() {
        return topLevelXid == 0 ? OptionalInt.empty() : OptionalInt.of(topLevelXid);
    }

    int id(int index) {
        return ids[index];
    }

    int tablespace(int index) {
        return tablespaces[index];
    }

    int database(int index) {
        return databases[index];
    }

    int relation(int index) {
        return relations[index];
    }

    int fork(int index) {
        return forkFlags[index] & 0x0F;
    }

    boolean hasImage(int index) {
        return (forkFlags[index] & HAS_IMAGE) != 0;
    }

    int blockNumber(int index) {
        return blocks[index];
    }

    int dataBytes(int index) {
        return dataLengths[index];
    }

    /** Where the data of a block begins in the record's bytes: behind its image. */
    int dataAt(int index) {
        return imageAt(index) + imageLengths[index];
    }

    /** Where the image of a block begins, or would. Source: {@code xloginsert.c}. */
    private int imageAt(int index) {
        int at = cursor;
        for (int i = 0; i < index; i++) {
            at += imageLengths[i] + dataLengths[i];
        }
        return at;
    }

    /**
     * The page of a block with an image, its hole filled with zeroes; null when the image is
     * compressed or is none of a page.
     */
    byte[] page(int index) {
        int length = imageLengths[index];
        int before = imageHoles[index];
        boolean holed = (imageFlags[index] & IMAGE_HAS_HOLE) != 0;
        int from = imageAt(index);
        if ((imageFlags[index] & IMAGE_COMPRESSED) != 0
                || length > WalPage.BYTES
                || (holed ? before > length : length != WalPage.BYTES)
                || limit - from < length) {
            return null;
        }
        byte[] page = new byte[WalPage.BYTES];
        int head = holed ? before : length;
        System.arraycopy(bytes, from, page, 0, head);
        System.arraycopy(bytes, from + head, page, WalPage.BYTES - (length - head), length - head);
        return page;
    }
}
