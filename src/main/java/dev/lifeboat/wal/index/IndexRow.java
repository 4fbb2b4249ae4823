package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.SegmentSummary;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * An entry as one row of fixed length, little-endian, with its seconds and notes elsewhere.
 * Positions are distances from the beginning of the segment; times are microseconds since 2000.
 */
final class IndexRow {
    static final int BYTES = 144;

    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final int NUMBER = 0;
    static final int IDENTITY = 8;
    static final int STORED_BYTES = 16;
    static final int FLAGS = 24;
    static final int COMMITS = 28;
    static final int ABORTS = 32;
    static final int PAGE_TIMELINE = 36;
    static final int LATEST = 40;
    private static final int EARLIEST = 48;
    private static final int LAST_TIME = 56;
    private static final int FIRST_COMMIT_TIME = 64;
    private static final int LAST_COMMIT_TIME = 72;
    private static final int FIRST_COMMIT_AT = 80;
    private static final int LAST_COMMIT_AT = 84;
    private static final int FIRST_COMMIT_XID = 88;
    private static final int LAST_COMMIT_XID = 92;
    private static final int RECORDS = 96;
    private static final int FIRST_RECORD = 100;
    private static final int LAST_RECORD = 104;
    private static final int END = 108;
    private static final int PREVIOUS = 112;
    private static final int RECORDS_END = 120;
    private static final int TEXT_AT = 124;
    private static final int SECONDS_BYTES = 128;
    private static final int NOTES_BYTES = 132;

    static final int WHOLE = 1;
    static final int OPEN = 1 << 1;
    static final int HAS_RECORDS = 1 << 2;
    static final int HAS_ENDED = 1 << 3;
    static final int HAS_COMMITS = 1 << 4;

    /** Whether some note is of the kind that ends or splits recovery windows. */
    static final int HAS_NOTES = 1 << 5;

    /** What the entry proves not to be there; no bit, no proof. */
    static final int NO_DEFINITIONS = 1 << 6;

    static final int NO_LARGE_CHANGES = 1 << 7;
    static final int NO_CHANGES = 1 << 8;

    private static final int MAJOR_SHIFT = 16;
    private static final long UNSIGNED = 0xFFFFFFFFL;

    private IndexRow() {}

    /**
     * Writes a row.
     *
     * @param textAt where its seconds and notes lie
     */
    static void write(SegmentEntry entry, MemorySegment rows, long at, long textAt, Text text) {
        rows.set(LONG, at + NUMBER, entry.segment().number());
        rows.set(LONG, at + IDENTITY, entry.source().identity());
        rows.set(LONG, at + STORED_BYTES, entry.source().storedBytes());
        rows.set(INT, at + FLAGS, flags(entry));
        rows.set(INT, at + PAGE_TIMELINE, (int) entry.pageTimeline().value());
        Lsn start = entry.segment().start();
        rows.set(INT, at + END, (int) entry.end().minus(start));
        entry.ended().ifPresent(ended -> ended(ended, rows, at, start));
        entry.records().ifPresent(records -> records(records, rows, at, start));
        place(rows, at, textAt, text.seconds.length, text.notes.length);
    }

    /** Seconds and notes of one entry, as bytes. */
    static final class Text {
        final byte[] seconds;
        final byte[] notes;

        Text(byte[] seconds, byte[] notes) {
            this.seconds = seconds;
            this.notes = notes;
        }

        static Text of(SegmentEntry entry) {
            Lsn start = entry.segment().start();
            return new Text(
                    SecondCodec.write(entry.seconds(), start),
                    NoteCodec.write(entry.notes(), start));
        }

        int bytes() {
            return seconds.length + notes.length;
        }
    }

    private static void place(MemorySegment rows, long at, long textAt, int seconds, int notes) {
        if (textAt > UNSIGNED) {
            throw new IllegalArgumentException("a block has too much text");
        }
        rows.set(INT, at + TEXT_AT, (int) textAt);
        rows.set(INT, at + SECONDS_BYTES, seconds);
        rows.set(INT, at + NOTES_BYTES, notes);
    }

    private static int flags(SegmentEntry entry) {
        return (entry.whole() ? WHOLE : 0)
                | (entry.openRecord() ? OPEN : 0)
                | (entry.records().isPresent() ? HAS_RECORDS : 0)
                | (entry.ended().isPresent() ? HAS_ENDED : 0)
                | (entry.commits() > 0 ? HAS_COMMITS : 0)
                | (entry.notes().isEmpty() ? 0 : HAS_NOTES)
                | (entry.absent().definitions() ? NO_DEFINITIONS : 0)
                | (entry.absent().largeChanges() ? NO_LARGE_CHANGES : 0)
                | (entry.absent().changes() ? NO_CHANGES : 0)
                | entry.version().major() << MAJOR_SHIFT;
    }

    private static void ended(SegmentEntry.Ended ended, MemorySegment rows, long at, Lsn start) {
        rows.set(INT, at + COMMITS, (int) ended.commits());
        rows.set(INT, at + ABORTS, (int) ended.aborts());
        rows.set(LONG, at + EARLIEST, PostgresTime.micros(ended.earliest()));
        rows.set(LONG, at + LATEST, PostgresTime.micros(ended.latest()));
        rows.set(LONG, at + LAST_TIME, PostgresTime.micros(ended.last()));
        ended.firstCommit()
                .ifPresent(
                        commit -> {
                            rows.set(LONG, at + FIRST_COMMIT_TIME, micros(commit));
                            rows.set(INT, at + FIRST_COMMIT_AT, (int) commit.lsn().minus(start));
                            rows.set(INT, at + FIRST_COMMIT_XID, commit.xid());
                        });
        ended.lastCommit()
                .ifPresent(
                        commit -> {
                            rows.set(LONG, at + LAST_COMMIT_TIME, micros(commit));
                            rows.set(INT, at + LAST_COMMIT_AT, (int) commit.lsn().minus(start));
                            rows.set(INT, at + LAST_COMMIT_XID, commit.xid());
                        });
    }

    private static long micros(IndexedCommit commit) {
        return PostgresTime.micros(commit.time());
    }

    private static void records(
            SegmentSummary.Records records, MemorySegment rows, long at, Lsn start) {
        rows.set(INT, at + RECORDS, (int) records.count());
        rows.set(INT, at + FIRST_RECORD, (int) records.first().minus(start));
        rows.set(INT, at + LAST_RECORD, (int) records.last().minus(start));
        rows.set(LONG, at + PREVIOUS, records.previous().value());
        rows.set(INT, at + RECORDS_END, (int) records.end().minus(start));
    }

    static int textBytes(MemorySegment rows, long at) {
        return rows.get(INT, at + SECONDS_BYTES) + rows.get(INT, at + NOTES_BYTES);
    }

    /** Where in the block's text its seconds and notes lie. */
    static long textAt(MemorySegment rows, long at) {
        return rows.get(INT, at + TEXT_AT) & UNSIGNED;
    }

    static void moveText(MemorySegment rows, long at, long textAt) {
        place(rows, at, textAt, rows.get(INT, at + SECONDS_BYTES), rows.get(INT, at + NOTES_BYTES));
    }

    /** Reads a row and its text. */
    static SegmentEntry read(
            MemorySegment rows, long at, MemorySegment text, TimelineId timeline, int segmentBytes)
            throws IndexDamage {
        var segment = new WalSegment(timeline, rows.get(LONG, at + NUMBER), segmentBytes);
        Lsn start = segment.start();
        int flags = rows.get(INT, at + FLAGS);
        int seconds = rows.get(INT, at + SECONDS_BYTES);
        int notes = rows.get(INT, at + NOTES_BYTES);
        long textAt = textAt(rows, at);
        if (seconds < 0 || notes < 0 || textAt + seconds + notes > text.byteSize()) {
            throw new IndexDamage("a row points outside its block");
        }
        long pageTimeline = rows.get(INT, at + PAGE_TIMELINE) & UNSIGNED;
        if (pageTimeline < 1) {
            throw new IndexDamage("a row has no timeline");
        }
        return new SegmentEntry(
                segment,
                version(flags >>> MAJOR_SHIFT & 0xFF),
                new SegmentEntry.Source(
                        rows.get(LONG, at + IDENTITY), rows.get(LONG, at + STORED_BYTES)),
                new TimelineId(pageTimeline),
                position(rows, at + END, start),
                (flags & WHOLE) != 0,
                (flags & OPEN) != 0,
                records(rows, at, start, flags),
                ended(rows, at, start, flags),
                SecondCodec.read(copy(text, textAt, seconds), start),
                NoteCodec.read(copy(text, textAt + seconds, notes), start),
                new SegmentEntry.Absent(
                        (flags & NO_DEFINITIONS) != 0,
                        (flags & NO_LARGE_CHANGES) != 0,
                        (flags & NO_CHANGES) != 0));
    }

    private static byte[] copy(MemorySegment text, long at, int bytes) {
        return text.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE);
    }

    private static WalVersion version(int major) throws IndexDamage {
        return Arrays.stream(WalVersion.values())
                .filter(version -> version.major() == major)
                .findFirst()
                .orElseThrow(() -> new IndexDamage("a row is of version " + major));
    }

    private static Optional<SegmentSummary.Records> records(
            MemorySegment rows, long at, Lsn start, int flags) {
        return (flags & HAS_RECORDS) == 0
                ? Optional.empty()
                : Optional.of(
                        new SegmentSummary.Records(
                                rows.get(INT, at + RECORDS) & UNSIGNED,
                                position(rows, at + FIRST_RECORD, start),
                                new Lsn(rows.get(LONG, at + PREVIOUS)),
                                position(rows, at + LAST_RECORD, start),
                                position(rows, at + RECORDS_END, start)));
    }

    static Optional<SegmentEntry.Ended> ended(MemorySegment rows, long at, Lsn start, int flags) {
        if ((flags & HAS_ENDED) == 0) {
            return Optional.empty();
        }
        boolean commits = (flags & HAS_COMMITS) != 0;
        return Optional.of(
                new SegmentEntry.Ended(
                        rows.get(INT, at + COMMITS) & UNSIGNED,
                        rows.get(INT, at + ABORTS) & UNSIGNED,
                        commits
                                ? Optional.of(
                                        commit(
                                                rows,
                                                at,
                                                start,
                                                FIRST_COMMIT_TIME,
                                                FIRST_COMMIT_AT,
                                                FIRST_COMMIT_XID))
                                : Optional.empty(),
                        commits
                                ? Optional.of(
                                        commit(
                                                rows,
                                                at,
                                                start,
                                                LAST_COMMIT_TIME,
                                                LAST_COMMIT_AT,
                                                LAST_COMMIT_XID))
                                : Optional.empty(),
                        PostgresTime.instant(rows.get(LONG, at + EARLIEST)),
                        PostgresTime.instant(rows.get(LONG, at + LATEST)),
                        PostgresTime.instant(rows.get(LONG, at + LAST_TIME))));
    }

    private static IndexedCommit commit(
            MemorySegment rows, long at, Lsn start, int time, int position, int xid) {
        return new IndexedCommit(
                rows.get(INT, at + xid),
                PostgresTime.instant(rows.get(LONG, at + time)),
                position(rows, at + position, start));
    }

    private static Lsn position(MemorySegment rows, long at, Lsn start) {
        return start.plus(rows.get(INT, at) & UNSIGNED);
    }
}
