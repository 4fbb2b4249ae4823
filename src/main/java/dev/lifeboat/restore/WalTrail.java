package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The WAL along one path of timelines, read segment by segment: what the target resolver asks.
 * Segments are numbered as in the log; a record belongs to the segment it starts in.
 */
interface WalTrail {
    /**
     * Reads a segment.
     *
     * @throws SegmentLostException when no region can serve it, or the one that a record of it runs
     *     into
     * @throws RecoveryException when it is not known whether one can
     */
    Stretch read(long segmentNumber) throws RecoveryException;

    /** The number of the segment that holds this position. */
    long segmentOf(Lsn lsn);

    /**
     * The last segment of the unbroken run that begins at {@code first}; {@code first - 1} when
     * that one is missing.
     */
    long lastOfRunFrom(long first) throws RecoveryException;

    /**
     * Whether the archive holds nothing of this path behind the segment: what follows is the end,
     * not a hole.
     */
    boolean isLastOfArchive(long segmentNumber) throws RecoveryException;

    /**
     * Why no region can serve the segment behind the run, although it was listed; empty when the
     * run ends for another reason.
     */
    default Optional<Problem> lost() {
        return Optional.empty();
    }

    /**
     * The first segment, from one to another, in which a transaction ended later than this, as far
     * as an index tells; empty when it tells nothing. To be read before it is believed.
     */
    default OptionalLong firstBeyond(long first, long last, Instant time) {
        return OptionalLong.empty();
    }

    /**
     * The first segment, from one to another, of which no index tells anything; empty when all are
     * known.
     */
    default OptionalLong firstUnknown(long first, long last) {
        return first <= last ? OptionalLong.of(first) : OptionalLong.empty();
    }

    /** The file name replay asks for when it needs this segment. */
    String nameOf(long segmentNumber);

    /**
     * What one segment holds.
     *
     * @param endings commits and aborts, in log order
     * @param marks named restore points, in log order
     * @param records where each record starts, in log order
     * @param end where its last complete record ends; empty when no record starts in it
     */
    record Stretch(
            List<Ending> endings, List<Mark> marks, RecordStarts records, Optional<Lsn> end) {
        /**
         * The first record after the one that starts here; behind the last one, where that one
         * ends.
         */
        Lsn after(Lsn record) {
            return records.firstFrom(record.plus(1)).or(() -> end).orElse(record);
        }
    }

    /**
     * The end of a transaction.
     *
     * @param committed false for an abort
     */
    record Ending(long xid, Instant time, boolean committed, Lsn lsn, Lsn end) {
        Goal.Transaction transaction() {
            return new Goal.Transaction(xid, time, lsn, end);
        }
    }

    /** A named restore point. */
    record Mark(String name, Instant time, Lsn lsn, Lsn end) {}
}
