package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the records that start in one segment amount to. The last of them may end in the next
 * segment.
 *
 * @param timeline of the last page; higher than that of the first page when one began in here
 * @param records empty when no record starts in it, as in the middle of a very long one
 * @param commits empty when there is none
 * @param xids empty when no record has one
 * @param events restore points, parameter changes, ends of recovery, checkpoints, ends of backups,
 *     databases and tablespaces made and dropped, in order
 * @param end how far it is valid. When it is complete, {@link WalEnd#openRecord} is empty if its
 *     last record was read to its end
 */
public record SegmentSummary(
        WalSegment segment,
        WalVersion version,
        long systemIdentifier,
        TimelineId timeline,
        Optional<Records> records,
        Optional<Commits> commits,
        long aborts,
        Optional<Xids> xids,
        List<WalEvent> events,
        WalEnd end) {
    /**
     * The complete records.
     *
     * @param first where the first one starts
     * @param previous where, by the first one's word, the one before it starts
     * @param last where the last one starts
     * @param end where the last one ends
     */
    public record Records(long count, Lsn first, Lsn previous, Lsn last, Lsn end) {}

    /**
     * The committed transactions, prepared ones included.
     *
     * @param first the time of the first one in the log
     * @param last the time of the last one in the log
     * @param earliest differs from {@code first} when a clock went back
     * @param latest differs from {@code last} when commits overtook one another
     */
    public record Commits(
            long count, Instant first, Instant last, Instant earliest, Instant latest) {}

    /** The lowest and highest transaction number, on the circle that they run on; unsigned. */
    public record Xids(int oldest, int newest) {}

    public SegmentSummary {
        events = List.copyOf(events);
    }

    /**
     * Why the log does not go on from here into that segment; empty when it does.
     *
     * @param next the summary of the segment with the next number, of this or a later timeline
     */
    public Optional<Problem> breakBefore(SegmentSummary next) {
        if (!end.isComplete()) {
            return Optional.of(end.problem());
        }
        if (next.systemIdentifier != systemIdentifier || next.version != version) {
            return Optional.of(
                    broken(next, "One of them is of another cluster or of another major version."));
        }
        if (!next.segment.start().equals(segment.end())
                || next.segment.timeline().compareTo(segment.timeline()) < 0) {
            return Optional.of(broken(next, "The second does not follow the first."));
        }
        if (records.isPresent()
                && next.records.isPresent()
                && !next.records.get().previous().equals(records.get().last())) {
            return Optional.of(
                    broken(
                            next,
                            "The first record of the second names "
                                    + next.records.get().previous()
                                    + " as the one before it, and it is at "
                                    + records.get().last()
                                    + "."));
        }
        return Optional.empty();
    }

    private Problem broken(SegmentSummary next, String why) {
        return new Problem(
                ProblemCode.WAL_DAMAGED,
                "The log breaks between segments " + segment + " and " + next.segment + ".",
                why,
                "Fetch both from the other region, or archive them again from pg_wal of the server;"
                        + " without them recovery ends at "
                        + records.map(Records::end).orElse(segment.start())
                        + ".");
    }
}
