package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.SegmentSummary;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the index tells of one segment: of the records that start in it.
 *
 * @param source the object it was made from
 * @param pageTimeline of the last page; higher than that of the first one when a timeline began in
 *     here
 * @param end how far the log is valid; the segment's end when it is whole
 * @param whole whether it is valid to its last byte
 * @param openRecord whether the rest of its last record was not read, so that this record is not
 *     counted: it is to be read again together with the segment behind it
 * @param records empty when none starts here
 * @param ended empty when no transaction ended here
 * @param seconds in the order of the log
 * @param notes in the order of the log
 * @param absent what is proven not to start in it
 */
public record SegmentEntry(
        WalSegment segment,
        WalVersion version,
        Source source,
        TimelineId pageTimeline,
        Lsn end,
        boolean whole,
        boolean openRecord,
        Optional<SegmentSummary.Records> records,
        Optional<Ended> ended,
        List<EndedSecond> seconds,
        List<IndexNote> notes,
        Absent absent) {
    /**
     * What whoever looks for harm need not read a segment for. A {@code false} proves nothing:
     * entries made before this was recorded have no other.
     *
     * @param definitions nothing that defines or names anything was touched: no page of a system
     *     table other than statistics, no map of relations, no file made or dropped
     * @param largeChanges every transaction that updated or deleted rows here also ended here, and
     *     none did so to {@link #LARGE} rows, its subtransactions included
     * @param changes no row was updated or deleted
     */
    public record Absent(boolean definitions, boolean largeChanges, boolean changes) {
        /** A transaction that updates or deletes so many rows makes large changes. */
        public static final int LARGE = IndexNote.NOTED_ROWS;

        /** Nothing is proven. */
        public static final Absent NOTHING = new Absent(false, false, false);
    }

    /**
     * Which object an entry describes.
     *
     * @param identity of the stored object, see {@link dev.lifeboat.wal.archive.ObjectIdentity}
     * @param storedBytes its size
     */
    public record Source(long identity, long storedBytes) {}

    /**
     * The transactions that ended.
     *
     * @param firstCommit in the log; empty when all aborted
     * @param lastCommit in the log; empty when all aborted
     * @param earliest the lowest time of a commit or abort
     * @param latest the highest one
     * @param last the time of the last one in the log
     */
    public record Ended(
            long commits,
            long aborts,
            Optional<IndexedCommit> firstCommit,
            Optional<IndexedCommit> lastCommit,
            Instant earliest,
            Instant latest,
            Instant last) {}

    public SegmentEntry {
        seconds = List.copyOf(seconds);
        notes = List.copyOf(notes);
    }

    /** How many transactions were committed. */
    public long commits() {
        return ended.map(Ended::commits).orElse(0L);
    }

    /** Whether nothing of it remains to be found out. */
    public boolean isFinal() {
        return whole && !openRecord;
    }
}
