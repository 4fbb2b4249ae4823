package dev.lifeboat.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes a log as a server lays it out, record by record. */
public final class WalBuilder {
    public static final long SYSTEM = 0x6B045FA9AFE711C9L;
    public static final int SEGMENT_BYTES = 1 << 20;

    private final WalVersion version;
    private final long firstNumber;
    private final List<byte[]> segments = new ArrayList<>();
    private long position;
    private long previous;
    private long timeline = 1;
    private long systemIdentifier = SYSTEM;

    /** A block reference without data, the image made of noughts. */
    public record Block(int id, RelationFile relation, int number, int imageBytes) {}

    public WalBuilder(WalVersion version, long firstNumber) {
        this.version = version;
        this.firstNumber = firstNumber;
        this.position = firstNumber * SEGMENT_BYTES;
        this.previous = position - 100;
    }

    public WalBuilder() {
        this(WalVersion.POSTGRESQL_15, 3);
    }

    public WalBuilder ofSystem(long identifier) {
        systemIdentifier = identifier;
        return this;
    }

    /** Pages begun from now on are of this timeline. */
    public WalBuilder onTimeline(long id) {
        timeline = id;
        return this;
    }

    /** Appends a record; gives where it starts. */
    public long record(int manager, int info, int xid, byte[] main, Block... blocks) {
        int images = 0;
        var body = new Fields();
        for (Block block : blocks) {
            images += block.imageBytes;
            body.i8(block.id).i8(block.imageBytes > 0 ? 0x10 : 0).i16(0);
            if (block.imageBytes > 0) {
                body.i16(block.imageBytes).i16(0).i8(2);
            }
            body.relation(block.relation).i32(block.number);
        }
        if (main.length > 255) {
            body.i8(254).i32(main.length);
        } else if (main.length > 0) {
            body.i8(255).i8(main.length);
        }
        byte[] whole = new Fields().zeroes(24).bytes(body.zeroes(images).bytes(main).done()).done();
        return raw(manager, info, xid, whole);
    }

    /** Appends a record whose bytes behind its header are given as they are. */
    public long raw(int manager, int info, int xid, byte[] whole) {
        toRecordStart();
        long start = position;
        var record = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(whole.length).putInt(xid).putLong(previous);
        record.put((byte) info).put((byte) manager).putShort((short) 0);
        var crc = new CRC32C();
        crc.update(whole, 24, whole.length - 24);
        crc.update(whole, 0, 20);
        record.putInt((int) crc.getValue());
        append(whole);
        previous = start;
        return start;
    }

    public long commit(int xid, long micros, int... subtransactions) {
        return end(0x00, xid, micros, subtransactions);
    }

    public long abort(int xid, long micros, int... subtransactions) {
        return end(0x20, xid, micros, subtransactions);
    }

    private long end(int info, int xid, long micros, int... subtransactions) {
        if (subtransactions.length == 0) {
            return record(1, info, xid, new Fields().i64(micros).done());
        }
        var main = new Fields().i64(micros).i32(2).i32(subtransactions.length);
        for (int below : subtransactions) {
            main.i32(below);
        }
        return record(1, info | 0x80, xid, main.done());
    }

    /** A row inserted (0x00) or deleted (0x10). */
    public long row(int opcode, int xid, RelationFile relation) {
        return record(10, opcode, xid, new byte[8], new Block(0, relation, 0, 0));
    }

    public long restorePoint(String name, long micros) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return record(
                0, 0x70, 0, new Fields().i64(micros).bytes(text).zeroes(64 - text.length).done());
    }

    /** The server's note of what runs. */
    public long running(int nextXid, int oldestXid) {
        var main = new Fields().i32(0).i32(0).i32(0).i32(nextXid).i32(oldestXid).i32(nextXid - 1);
        return record(8, 0x10, 0, main.done());
    }

    /** A record of no meaning with so many bytes of content. */
    public long filler(int xid, int bytes) {
        return record(11, 0, xid, new byte[bytes]);
    }

    /** Ends the segment. */
    public long switchSegment() {
        long start = record(0, 0x40, 0, new byte[0]);
        if (position % SEGMENT_BYTES != 0) {
            position += SEGMENT_BYTES - position % SEGMENT_BYTES;
        }
        return start;
    }

    /** Where the log ends: the next record starts here, or behind the page header that comes. */
    public long position() {
        return position + 7 & ~7L;
    }

    public int segmentCount() {
        return segments.size();
    }

    public WalSegment segment(int index) {
        return new WalSegment(new TimelineId(timeline), firstNumber + index, SEGMENT_BYTES);
    }

    /** The content of a segment; may be altered. */
    public byte[] content(int index) {
        return segments.get(index);
    }

    private void toRecordStart() {
        position = position + 7 & ~7L;
        if (position % WalPage.BYTES == 0) {
            pageHeader(0, 0);
        }
    }

    private void append(byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            if (position % WalPage.BYTES == 0) {
                pageHeader(WalPage.FIRST_IS_CONTINUATION, bytes.length - done);
            }
            int room = WalPage.BYTES - (int) (position % WalPage.BYTES);
            int length = Math.min(room, bytes.length - done);
            System.arraycopy(bytes, done, here(), (int) (position % SEGMENT_BYTES), length);
            done += length;
            position += length;
        }
    }

    /** Ends the record that was begun, as a server does that found it cut off by a crash. */
    public void overwriteFromNextPage() {
        position = (position + WalPage.BYTES - 1) / WalPage.BYTES * WalPage.BYTES;
        pageHeader(WalPage.FIRST_OVERWRITES, 0);
    }

    private byte[] here() {
        int index = (int) (position / SEGMENT_BYTES - firstNumber);
        while (segments.size() <= index) {
            segments.add(new byte[SEGMENT_BYTES]);
        }
        return segments.get(index);
    }

    private void pageHeader(int flags, int rest) {
        int at = (int) (position % SEGMENT_BYTES);
        boolean isLong = at == 0;
        var page = ByteBuffer.wrap(here()).order(ByteOrder.LITTLE_ENDIAN).position(at);
        page.putShort((short) version.pageMagic());
        page.putShort((short) (flags | (isLong ? WalPage.LONG_HEADER : 0)));
        page.putInt((int) timeline).putLong(position).putInt(rest).putInt(0);
        if (isLong) {
            page.putLong(systemIdentifier).putInt(SEGMENT_BYTES).putInt(WalPage.BYTES);
        }
        position += isLong ? WalPage.LONG_HEADER_BYTES : WalPage.SHORT_HEADER_BYTES;
    }
}
