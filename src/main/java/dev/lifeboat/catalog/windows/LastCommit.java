package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVisitor;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;

import java.time.Instant;
import java.util.Optional;

/** Finds the last commit of a run of segments, from its end backwards. */
final class LastCommit {
    /** How far back it looks: an idle server with a short archive_timeout fills so many. */
    private static final int MOST_SEGMENTS = 64;

    private final WalArchive archive;
    private final WalExpectation expected;

    LastCommit(WalArchive archive, WalExpectation expected) {
        this.archive = archive;
        this.expected = expected;
    }

    /**
     * What was found.
     *
     * @param time of the last commit
     * @param reachedStart whether the whole run was looked at without finding one
     */
    record Answer(Optional<Instant> time, boolean reachedStart) {}

    /**
     * Looks at the last segment, then at the last two, four and so on, so that a record which runs
     * from one into the next is found too.
     *
     * @param first the first segment of the run
     * @param last its last one, on the same timeline
     * @throws RecoveryException why a segment could not be had or read
     */
    Answer find(WalSegment first, WalSegment last) throws RecoveryException {
        for (int count = 1; ; count *= 2) {
            long from = Math.max(first.number(), last.number() - count + 1);
            Optional<Instant> found = in(from, last);
            boolean all = from == first.number();
            if (found.isPresent() || all || count >= MOST_SEGMENTS) {
                return new Answer(found, all);
            }
        }
    }

    private Optional<Instant> in(long from, WalSegment last) throws RecoveryException {
        var commits = new Commits();
        var reader = new WalReader(commits);
        for (long number = from; number <= last.number(); number++) {
            var segment = new WalSegment(last.timeline(), number, last.sizeBytes());
            if (!reader.read(segment, content(segment)).isComplete()) {
                break;
            }
        }
        return Optional.ofNullable(commits.last);
    }

    private byte[] content(WalSegment segment) throws RecoveryException, CancelledException {
        Fetched fetched = archive.fetch(WalFileName.parse(segment.name()), expected);
        return switch (fetched) {
            case Fetched.Found found -> found.content();
            case Fetched.Unknown unknown -> throw new RecoveryException(unknown.problem());
            case Fetched.Absent _ -> throw WindowProblems.segmentWent(segment);
        };
    }

    private static final class Commits implements WalVisitor {
        private Instant last;

        @Override
        public void transaction(TransactionRecord transaction) {
            if (transaction.kind().isCommit()) {
                last = transaction.time();
            }
        }
    }
}
