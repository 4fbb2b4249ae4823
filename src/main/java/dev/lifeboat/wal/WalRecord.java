package dev.lifeboat.wal;

import java.util.OptionalInt;

/**
 * A window on one record. It is valid during the call that hands it over and is then set on the
 * next record; copy what is needed later. Positions are the values of {@link
 * dev.lifeboat.kernel.Lsn}.
 *
 * <p>Source: {@code src/include/access/xlogrecord.h}; {@code xlogreader.c}, DecodeXLogRecord.
 */
public final class WalRecord {
    static final int HEADER_BYTES = 24;
    static final int CRC_AT = 20;

    /**
     * The longest record a server writes. Source: {@code xlogrecord.h} of 16, XLogRecordMaxSize.
     */
    static final int MAX_BYTES = 1020 << 20;

    private final WalBlocks blocks = new WalBlocks();
    private byte[] bytes = {};
    private int at;
    private int heldBytes;
    private int totalBytes;
    private long start;
    private long end;

    /** Sets the window; null, or what is wrong with the record's inner headers. */
    String set(byte[] source, int offset, int held, int total, long startLsn, long endLsn) {
        bytes = source;
        at = offset;
        heldBytes = held;
        totalBytes = total;
        start = startLsn;
        end = endLsn;
        return blocks.parse(source, offset, held, total);
    }

    /** Where the record's header lies. */
    public long start() {
        return start;
    }

    /**
     * Where the next record may start: replaying up to here includes this record. For a switch
     * record it is the end of the segment.
     */
    public long end() {
        return end;
    }

    /** Where the record before it starts. */
    public long previous() {
        return LittleEndian.i64(bytes, at + 8);
    }

    /** The (sub)transaction that wrote it; 0 for none. Unsigned 32 bits. */
    public int xid() {
        return LittleEndian.i32(bytes, at + 4);
    }

    /** One of {@link ResourceManager}. */
    public int resourceManager() {
        return LittleEndian.u8(bytes, at + 17);
    }

    /** What the resource manager did: the whole byte, its low four bits are not the manager's. */
    public int info() {
        return LittleEndian.u8(bytes, at + 16);
    }

    /** The bytes of the record, without the page headers it may run across. */
    public int totalBytes() {
        return totalBytes;
    }

    /** The bytes of all full-page images in it. */
    public int imageBytes() {
        return blocks.imageBytes();
    }

    /** The number of pages it changes, at most 33. */
    public int blockCount() {
        return blocks.count();
    }

    /** The number the resource manager gave the block with this index. */
    public int blockId(int index) {
        return blocks.id(index);
    }

    public RelationFile relation(int index) {
        return new RelationFile(
                blocks.tablespace(index) & 0xFFFFFFFFL,
                blocks.database(index) & 0xFFFFFFFFL,
                blocks.relation(index) & 0xFFFFFFFFL);
    }

    /** The OID of the tablespace of a block's relation; unsigned 32 bits. */
    public int tablespace(int index) {
        return blocks.tablespace(index);
    }

    /** The OID of the database of a block's relation; unsigned 32 bits, 0 for a shared relation. */
    public int database(int index) {
        return blocks.database(index);
    }

    /** The file number of a block's relation; unsigned 32 bits. */
    public int relationNumber(int index) {
        return blocks.relation(index);
    }

    /** 0 the relation itself, 1 free space map, 2 visibility map, 3 init fork. */
    public int fork(int index) {
        return blocks.fork(index);
    }

    /** Unsigned 32 bits. */
    public int blockNumber(int index) {
        return blocks.blockNumber(index);
    }

    public boolean hasImage(int index) {
        return blocks.hasImage(index);
    }

    /** The transaction above the subtransaction that wrote it, where the record names it. */
    public OptionalInt topLevelXid() {
        return blocks.topLevelXid();
    }

    /**
     * Whether all its bytes are at hand. A record longer than 32 MiB is checked to its end, but
     * only its beginning is kept.
     */
    public boolean isHeldWhole() {
        return heldBytes == totalBytes;
    }

    /** The bytes the resource manager wrote that belong to no block. */
    public int mainBytes() {
        return blocks.mainBytes();
    }

    byte[] bytes() {
        return bytes;
    }

    int dataBytes(int index) {
        return blocks.dataBytes(index);
    }

    int dataAt(int index) {
        return blocks.dataAt(index);
    }

    /** A copy of the page whose image the record holds; null when there is none to be had. */
    byte[] page(int index) {
        return isHeldWhole() && blocks.hasImage(index) ? blocks.page(index) : null;
    }

    /** Where the main data begins in {@link #bytes}. */
    int mainAt() {
        return at + totalBytes - blocks.mainBytes();
    }
}
