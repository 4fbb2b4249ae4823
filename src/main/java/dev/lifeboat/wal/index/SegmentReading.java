package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.SegmentScanner;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalSource;
import dev.lifeboat.wal.WalVisitor;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;
import dev.lifeboat.wal.archive.WalInventory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads segments of the archive, and keeps the last two in memory. For one thread at a time. */
final class SegmentReading implements WalSource {
    private static final int KEPT = 2;

    private final WalArchive archive;
    private final WalExpectation expected;
    private final long systemIdentifier;
    private final Map<WalSegment, Fetched.Found> kept =
            new LinkedHashMap<>(4, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<WalSegment, Fetched.Found> eldest) {
                    return size() > KEPT;
                }
            };

    /**
     * @param systemIdentifier the cluster's, in decimal
     */
    SegmentReading(WalArchive archive, String systemIdentifier, int segmentBytes) {
        this.archive = archive;
        this.expected = WalExpectation.of(systemIdentifier, segmentBytes);
        this.systemIdentifier = Long.parseUnsignedLong(systemIdentifier);
    }

    @Override
    public InputStream open(WalSegment segment) throws RecoveryException {
        return new ByteArrayInputStream(found(segment).content());
    }

    private synchronized Fetched.Found found(WalSegment segment) throws RecoveryException {
        Fetched.Found found = kept.get(segment);
        if (found == null) {
            found = fetch(segment);
            kept.put(segment, found);
        }
        return found;
    }

    private Fetched.Found fetch(WalSegment segment) throws RecoveryException, CancelledException {
        return switch (archive.fetch(segment.fileName(), expected)) {
            case Fetched.Found found -> found;
            case Fetched.Unknown unknown -> throw new RecoveryException(unknown.problem());
            case Fetched.Absent _ ->
                    throw new RecoveryException(
                            ProblemCode.WAL_ABSENT,
                            "Segment " + segment.name() + " is gone.",
                            "It was listed a moment ago, and no region has it now.",
                            "Look whether something cleans the archive up, then run the command"
                                    + " again.");
        };
    }

    /**
     * The entry of a segment, with the rest of its last record where the next segment is known.
     *
     * @param listed which objects the archive holds
     */
    SegmentEntry entry(WalSegment segment, Optional<WalSegment> next, WalInventory listed)
            throws RecoveryException {
        Fetched.Found found = found(segment);
        long identity =
                listed.holds(segment, found.identity())
                        ? found.identity()
                        : listed.identity(segment); // it lies there in several forms
        try {
            return new SegmentIndexer(this, systemIdentifier)
                    .index(segment, next, new SegmentEntry.Source(identity, found.storedBytes()));
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail", impossible);
        }
    }

    /** The ends of all transactions whose records start in the segment. */
    TransactionLog endings(WalSegment segment, Optional<WalSegment> next) throws RecoveryException {
        var endings = new TransactionLog();
        try {
            var scanner = new SegmentScanner(this, OptionalLong.of(systemIdentifier));
            scanner.summarize(
                    segment,
                    next,
                    new WalVisitor() {
                        @Override
                        public void transaction(TransactionRecord transaction) {
                            endings.transaction(transaction);
                        }
                    });
            return endings;
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail", impossible);
        }
    }
}
