package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.zip.CRC32C;

/**
 * Takes the records out of the bytes between page headers, checks each and hands it on. After a
 * fault it takes nothing more.
 */
final class RecordReader {
    private static final int SWITCH = 0x40;

    private final CRC32C crc = new CRC32C();
    private final WalRecord record = new WalRecord();
    private final PartialRecord partial = new PartialRecord();
    private final WalDecoder decoder;
    private WalVersion version = WalVersion.POSTGRESQL_15;
    private int segmentBytes;

    private boolean onlyOpen;
    private boolean any;
    private long last;
    private long end;
    private long skipUntil;

    private String fault;
    private boolean zeroes;

    RecordReader(WalDecoder decoder) {
        this.decoder = decoder;
    }

    void setVersion(WalVersion writer) {
        version = writer;
    }

    void setSegmentBytes(int bytes) {
        segmentBytes = bytes;
    }

    /** Says where the log begins to be read, between records. */
    void startAt(long position) {
        if (!any) {
            end = position;
        }
    }

    /** Takes from now on the rest of the begun record alone. */
    void takeOnlyOpen() {
        onlyOpen = true;
    }

    /** Whether a record was begun and the next page has to go on with it. */
    boolean isOpen() {
        return partial.isOpen();
    }

    long openStart() {
        return partial.start();
    }

    int missingBytes() {
        return partial.missingBytes();
    }

    /** Gives up the begun record, because the log says that it is void. */
    void drop() {
        partial.close();
    }

    boolean hasAny() {
        return any;
    }

    /** Where the last good record starts. */
    long last() {
        return last;
    }

    /** Up to where the log is good. */
    long end() {
        return end;
    }

    /** Pages before this position are unused: a switch record said so. */
    long skipUntil() {
        return skipUntil;
    }

    /** Why the log is not good behind {@link #end}; null as long as it is. */
    String fault() {
        return fault;
    }

    /** Whether the fault is that there are zeroes to the end of the page. */
    boolean isZeroes() {
        return zeroes;
    }

    /** Goes on with the begun record, then takes what follows it on the page. */
    void resume(byte[] bytes, int from, int limit, long base) {
        boolean hadHeader = partial.hasHeader();
        int length = Math.min(partial.missingBytes(), limit - from);
        partial.append(bytes, from, length);
        if (!hadHeader
                && partial.hasHeader()
                && !isPlausible(partial.bytes(), 0, partial.start())) {
            return;
        }
        if (partial.missingBytes() > 0) {
            return;
        }
        if (!partial.isIntact()) {
            fail("the checksum of the record at " + new Lsn(partial.start()) + " is wrong");
            return;
        }
        int at = from + aligned(length);
        boolean goesOn =
                deliver(
                        partial.bytes(),
                        0,
                        partial.heldBytes(),
                        partial.totalBytes(),
                        partial.start(),
                        base + at);
        if (fault == null) {
            partial.close();
        }
        if (goesOn) {
            records(bytes, at, limit, base);
        }
    }

    /**
     * Takes all records that start from there on.
     *
     * @param base the position in the log of {@code bytes[0]}
     */
    void records(byte[] bytes, int from, int limit, long base) {
        int at = from;
        while (at < limit && !onlyOpen) {
            int total = LittleEndian.i32(bytes, at);
            int room = limit - at;
            if (total < WalRecord.HEADER_BYTES || total > WalRecord.MAX_BYTES) {
                refuseLength(bytes, at, limit, base, total);
                return;
            }
            if (room >= WalRecord.HEADER_BYTES && !isPlausible(bytes, at, base + at)) {
                return;
            }
            if (total > room) {
                partial.open(base + at, total);
                partial.append(bytes, at, room);
                return;
            }
            if (!isIntact(bytes, at, total)) {
                fail("the checksum of the record at " + new Lsn(base + at) + " is wrong");
                return;
            }
            int next = at + aligned(total);
            if (!deliver(bytes, at, total, total, base + at, base + next)) {
                return;
            }
            at = next;
        }
    }

    private static int aligned(int length) {
        return length + 7 & ~7;
    }

    private void refuseLength(byte[] bytes, int at, int limit, long base, int total) {
        zeroes = WalPage.isZero(bytes, at, limit);
        fail(
                zeroes
                        ? "zeroes follow at " + new Lsn(base + at)
                        : "the record at "
                                + new Lsn(base + at)
                                + " claims a length of "
                                + Integer.toUnsignedString(total)
                                + " bytes");
    }

    private boolean isPlausible(byte[] bytes, int at, long start) {
        long previous = LittleEndian.i64(bytes, at + 8);
        boolean linked = any ? previous == last : Long.compareUnsigned(previous, start) < 0;
        if (!linked) {
            fail(
                    "the record at "
                            + new Lsn(start)
                            + " names "
                            + new Lsn(previous)
                            + " as the one before it");
            return false;
        }
        int manager = LittleEndian.u8(bytes, at + 17);
        if (!ResourceManager.isValid(manager)) {
            fail("the record at " + new Lsn(start) + " is of resource manager " + manager);
            return false;
        }
        return true;
    }

    private boolean isIntact(byte[] bytes, int at, int total) {
        crc.reset();
        crc.update(bytes, at + WalRecord.HEADER_BYTES, total - WalRecord.HEADER_BYTES);
        crc.update(bytes, at, WalRecord.CRC_AT);
        return (int) crc.getValue() == LittleEndian.i32(bytes, at + WalRecord.CRC_AT);
    }

    /** False when no record can follow on this page. */
    private boolean deliver(byte[] bytes, int at, int held, int total, long start, long next) {
        boolean isSwitch =
                LittleEndian.u8(bytes, at + 17) == ResourceManager.XLOG
                        && (LittleEndian.u8(bytes, at + 16) & 0xF0) == SWITCH;
        long after = isSwitch ? next + segmentBytes - 1 & -segmentBytes : next;
        String wrong = record.set(bytes, at, held, total, start, after);
        if (wrong == null && !decoder.decode(record, version)) {
            wrong = "it does not hold what its kind promises";
        }
        if (wrong != null) {
            fail(
                    "the record at "
                            + new Lsn(start)
                            + " has a right checksum and cannot be read: "
                            + wrong);
            return false;
        }
        any = true;
        last = start;
        end = after;
        if (isSwitch) {
            skipUntil = after;
        }
        return !isSwitch;
    }

    private void fail(String why) {
        fault = why;
    }
}
