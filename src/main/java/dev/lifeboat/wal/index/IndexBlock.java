package dev.lifeboat.wal.index;

import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The entries of up to 65,536 segments of one timeline, read where they lie: a mapped file or an
 * array. Immutable; safe for many threads as long as the memory behind it is open.
 */
final class IndexBlock {
    /** "LBWALIX1" as bytes. */
    static final long MAGIC = 0x315849_4C4157_424CL;

    static final int HEADER_BYTES = 64;
    static final int SYSTEM = 8;
    static final int TIMELINE = 16;
    static final int BLOCK = 24;
    static final int SEGMENT_BYTES = 32;
    static final int ROWS = 36;
    static final int ROW_BYTES = 40;
    static final int CHECKSUM = 44;
    static final int TEXT_BYTES = 48;

    private final MemorySegment rows;
    private final MemorySegment text;
    private final BlockName name;
    private final long systemIdentifier;
    private final int segmentBytes;
    private final int count;

    private IndexBlock(MemorySegment memory) throws IndexDamage {
        if (memory.byteSize() < HEADER_BYTES || memory.get(IndexRow.LONG, 0) != MAGIC) {
            throw new IndexDamage("it is no index, or one of another version");
        }
        count = memory.get(IndexRow.INT, ROWS);
        segmentBytes = memory.get(IndexRow.INT, SEGMENT_BYTES);
        systemIdentifier = memory.get(IndexRow.LONG, SYSTEM);
        long timeline = memory.get(IndexRow.LONG, TIMELINE);
        long textBytes = memory.get(IndexRow.LONG, TEXT_BYTES);
        if (count < 0
                || count > BlockName.SEGMENTS
                || memory.get(IndexRow.INT, ROW_BYTES) != IndexRow.BYTES
                || !WalSegment.isValidSize(segmentBytes)
                || timeline < 1
                || timeline > 0xFFFFFFFFL
                || textBytes != memory.byteSize() - HEADER_BYTES - (long) count * IndexRow.BYTES) {
            throw new IndexDamage("its header contradicts itself");
        }
        if (checksum(memory) != memory.get(IndexRow.INT, CHECKSUM)) {
            throw new IndexDamage("its checksum is wrong");
        }
        name = new BlockName(new TimelineId(timeline), memory.get(IndexRow.LONG, BLOCK));
        rows = memory.asSlice(HEADER_BYTES, (long) count * IndexRow.BYTES);
        text = memory.asSlice(HEADER_BYTES + rows.byteSize());
        requireOrder();
    }

    /**
     * Takes bytes for a block.
     *
     * @throws IndexDamage when they are none, or not whole
     */
    static IndexBlock of(MemorySegment memory) throws IndexDamage {
        return new IndexBlock(memory);
    }

    private void requireOrder() throws IndexDamage {
        long least = name.block() * BlockName.SEGMENTS;
        for (int i = 0; i < count; i++) {
            long number = number(i);
            if (number < least || number / BlockName.SEGMENTS != name.block()) {
                throw new IndexDamage("its rows are out of order");
            }
            least = number + 1;
        }
    }

    /** Over all bytes but those of the checksum itself. */
    static int checksum(MemorySegment memory) {
        var crc = new CRC32C();
        crc.update(memory.asSlice(0, CHECKSUM).asByteBuffer());
        long at = CHECKSUM + Integer.BYTES;
        while (at < memory.byteSize()) {
            long length = Math.min(Integer.MAX_VALUE, memory.byteSize() - at);
            crc.update(memory.asSlice(at, length).asByteBuffer());
            at += length;
        }
        return (int) crc.getValue();
    }

    BlockName name() {
        return name;
    }

    /** Of the cluster; unsigned. */
    long systemIdentifier() {
        return systemIdentifier;
    }

    int segmentBytes() {
        return segmentBytes;
    }

    int count() {
        return count;
    }

    /** The segment's number; ascending by index. */
    long number(int index) {
        return rows.get(IndexRow.LONG, at(index) + IndexRow.NUMBER);
    }

    long identity(int index) {
        return rows.get(IndexRow.LONG, at(index) + IndexRow.IDENTITY);
    }

    long storedBytes(int index) {
        return rows.get(IndexRow.LONG, at(index) + IndexRow.STORED_BYTES);
    }

    long commits(int index) {
        return rows.get(IndexRow.INT, at(index) + IndexRow.COMMITS) & 0xFFFFFFFFL;
    }

    /**
     * The highest time of a commit or abort, in microseconds; the lowest number when none ended.
     */
    long latest(int index) {
        return (flags(index) & IndexRow.HAS_ENDED) == 0
                ? Long.MIN_VALUE
                : rows.get(IndexRow.LONG, at(index) + IndexRow.LATEST);
    }

    boolean isOpen(int index) {
        return (flags(index) & IndexRow.OPEN) != 0;
    }

    int flags(int index) {
        return rows.get(IndexRow.INT, at(index) + IndexRow.FLAGS);
    }

    /** The whole entry; empty when its bytes make none, so that it has to be made again. */
    Optional<SegmentEntry> entry(int index) {
        try {
            return Optional.of(IndexRow.read(rows, at(index), text, name.timeline(), segmentBytes));
        } catch (IndexDamage | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** The row's bytes as they are. */
    MemorySegment row(int index) {
        return rows.asSlice(at(index), IndexRow.BYTES);
    }

    /** The bytes of seconds and notes as they are; empty when the row points elsewhere. */
    Optional<byte[]> text(int index) {
        long from = IndexRow.textAt(rows, at(index));
        int bytes = IndexRow.textBytes(rows, at(index));
        return bytes < 0 || from + bytes > text.byteSize()
                ? Optional.empty()
                : Optional.of(text.asSlice(from, bytes).toArray(ValueLayout.JAVA_BYTE));
    }

    private static long at(int index) {
        return (long) index * IndexRow.BYTES;
    }
}
