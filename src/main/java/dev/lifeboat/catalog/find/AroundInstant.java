package dev.lifeboat.catalog.find;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.NameBook;
import dev.lifeboat.wal.find.TransactionFollower;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of {@link TransactionFinder#around}. Where the index tells in which segment the instant
 * lies, only the segments around it are read, and those before it that name things; more of them
 * when one of the transactions began earlier.
 */
final class AroundInstant {
    private static final int WIDER = 4;

    private final FinderParts parts;
    private final Instant instant;
    private final int count;
    private final Progress progress;
    private final CancelToken cancel;

    AroundInstant(
            FinderParts parts, Instant instant, int count, Progress progress, CancelToken cancel) {
        this.parts = parts;
        this.instant = instant;
        this.count = count;
        this.progress = progress;
        this.cancel = cancel;
    }

    /** What one reading gave. */
    private record Reading(Surroundings around, NameBook book, StretchReader reader) {}

    FindResult run() throws RecoveryException {
        Stretches all = parts.stretches(cancel);
        List<Stretch> near = all.between(Optional.of(instant), Optional.of(instant), Duration.ZERO);
        Stretch stretch = near.isEmpty() ? all.stretches().getFirst() : near.getFirst();
        WalIndex index = parts.index(all, List.of(stretch), cancel);
        var notes = new ArrayList<>(all.notes());
        Optional<CatalogNames> names = parts.names(stretch, notes);
        var proof = new StretchProof(stretch, index);
        int middle = proof.firstBeyond(instant).orElse(0);
        int from = proof.placeWithCommits(middle, count);
        Reading reading = read(stretch, proof, names, from);
        while (from > 0 && !reading.around.areWhole()) {
            int wider = WIDER * (middle - from + 1);
            from = 2 * wider > middle ? 0 : middle - wider;
            reading = read(stretch, proof, names, from);
        }
        notes.addAll(reading.reader.notes());
        List<FoundTransaction> found =
                parts.named(reading.around.found(), reading.book, stretch, notes);
        return new FindResult(
                found,
                new FindResult.Scanned(
                        found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst().time()),
                        found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().time()),
                        reading.reader.isComplete()),
                notes);
    }

    /** Reads from a place on without leaving anything out, and before it what names things. */
    private Reading read(
            Stretch stretch, StretchProof proof, Optional<CatalogNames> names, int from)
            throws RecoveryException {
        NameBook book = parts.book(stretch);
        var around =
                new Surroundings(
                        instant,
                        count,
                        proof.segments().isEmpty()
                                ? stretch.from()
                                : proof.segments().get(from).start());
        var follower = new TransactionFollower(names, book, Long.MAX_VALUE, around);
        StretchReader reader = parts.reader(stretch, progress, cancel);
        reader.read(proof.segments(), follower, new Names(proof, follower, around, from));
        return new Reading(around, book, reader);
    }

    /** Passes over segments before a place that name nothing. */
    private record Names(
            StretchProof proof, TransactionFollower follower, Surroundings around, int from)
            implements Need {
        @Override
        public boolean isNeeded(int place) {
            return place >= from || proof.withoutDefinitions(place).isEmpty();
        }

        @Override
        public boolean mayPassOver() {
            return follower.mayPassOver(false);
        }

        @Override
        public void passedOver(int place) {
            // It commits nothing that is asked for.
        }

        @Override
        public boolean isEnough() {
            return around.isEnough();
        }
    }
}
