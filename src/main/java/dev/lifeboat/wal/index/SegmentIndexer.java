package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.SegmentScanner;
import dev.lifeboat.wal.SegmentSummary;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalSource;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes entries of the index by reading segments. Safe for use by many threads. */
public final class SegmentIndexer {
    private final SegmentScanner scanner;

    /**
     * @param systemIdentifier the cluster whose segments are taken; unsigned
     */
    public SegmentIndexer(WalSource source, long systemIdentifier) {
        this.scanner = new SegmentScanner(source, OptionalLong.of(systemIdentifier));
    }

    /**
     * Reads one segment.
     *
     * @param next the segment that holds the rest of its last record; empty when there is none yet
     * @param source the object that the segment's content comes from
     * @throws RecoveryException as {@link SegmentScanner#summarize}
     */
    public SegmentEntry index(
            WalSegment segment, Optional<WalSegment> next, SegmentEntry.Source source)
            throws IOException, RecoveryException {
        var collector = new EntryCollector();
        var proofs = new AbsenceCollector();
        SegmentSummary summary =
                scanner.summarize(segment, next, new BothVisitors(collector, proofs));
        return new SegmentEntry(
                segment,
                summary.version(),
                source,
                summary.timeline(),
                summary.end().end(),
                summary.end().isComplete(),
                summary.end().openRecord().isPresent(),
                summary.records(),
                collector.ended(),
                collector.seconds(),
                collector.notes(),
                proofs.absent());
    }
}
