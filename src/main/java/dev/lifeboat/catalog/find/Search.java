package dev.lifeboat.catalog.find;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.NameBook;
import dev.lifeboat.wal.find.TransactionFollower;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One run of {@link TransactionFinder#find}. */
final class Search {
    /** So many segments before the end of the wished time are looked at first. */
    private static final int FIRST_LOOK = 4;

    private final FinderParts parts;
    private final FindRequest request;
    private final FindListener listener;
    private final Progress progress;
    private final CancelToken cancel;
    private final boolean rows;
    private final List<FoundTransaction> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean complete = true;
    private Instant first;
    private Instant last;

    Search(
            FinderParts parts,
            FindRequest request,
            FindListener listener,
            Progress progress,
            CancelToken cancel) {
        this.parts = parts;
        this.request = request;
        this.listener = listener;
        this.progress = progress;
        this.cancel = cancel;
        this.rows = StretchProof.asksForRows(request);
    }

    FindResult run() throws RecoveryException {
        Stretches all = parts.stretches(cancel);
        List<Stretch> wanted = all.between(request.from(), request.to(), TransactionFinder.LEEWAY);
        progress.setTotal(wanted.stream().mapToLong(Search::bytes).sum());
        notes.addAll(all.notes());
        complete = wanted.stream().noneMatch(Stretch::isBroken);
        if (!wanted.isEmpty()) {
            WalIndex index = parts.index(all, wanted, cancel);
            lookFirst(wanted.getFirst(), index);
            for (Stretch stretch : wanted) {
                read(stretch, index);
                listener.scanned(scanned(false));
            }
        }
        found.sort(Comparator.comparing(FoundTransaction::lsn));
        return new FindResult(found, scanned(complete), notes);
    }

    private static long bytes(Stretch stretch) {
        return stretch.segments().size() * (long) stretch.facts().walSegmentBytes();
    }

    private FindResult.Scanned scanned(boolean whole) {
        return new FindResult.Scanned(Optional.ofNullable(first), Optional.ofNullable(last), whole);
    }

    /**
     * What lies just before the end of the wished time is told before all else is read. It is told
     * with what is known there; the result comes from reading in order.
     */
    private void lookFirst(Stretch stretch, WalIndex index) throws RecoveryException {
        var proof = new StretchProof(stretch, index);
        Optional<Integer> place = request.to().flatMap(proof::firstBeyond);
        if (place.isEmpty() || place.get() <= 2 * FIRST_LOOK) {
            return;
        }
        List<WalSegment> segments =
                proof.segments().subList(place.get() - FIRST_LOOK + 1, place.get() + 1);
        Optional<CatalogNames> names = parts.names(stretch, new ArrayList<>());
        var finds = new StretchFinds(stretch, request, listener);
        var follower =
                new TransactionFollower(names, parts.book(stretch), request.fewestRows(), finds);
        parts.reader(stretch, new Progress(), cancel)
                .read(segments, follower, new ReadAll(finds::isEnough));
        follower.finish();
    }

    private void read(Stretch stretch, WalIndex index) throws RecoveryException {
        Optional<CatalogNames> names = parts.names(stretch, notes);
        NameBook book = parts.book(stretch);
        var finds = new StretchFinds(stretch, request, listener);
        var follower = new TransactionFollower(names, book, request.fewestRows(), finds);
        StretchReader reader = parts.reader(stretch, progress, cancel);
        var proof = new StretchProof(stretch, index);
        try {
            reader.read(proof.segments(), follower, new Harm(proof, follower, finds));
        } finally {
            follower.finish();
            notes.addAll(reader.notes());
            complete &= reader.isComplete();
        }
        finds.first().ifPresent(time -> first = earlier(first, time));
        finds.last().ifPresent(time -> last = later(last, time));
        parts.named(finds.found(), book, stretch, notes).stream()
                .filter(request::wants)
                .forEach(found::add);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    /** Passes over what is proven to hold no harm of the kinds that are asked for. */
    private final class Harm implements Need {
        private final StretchProof proof;
        private final TransactionFollower follower;
        private final StretchFinds finds;

        Harm(StretchProof proof, TransactionFollower follower, StretchFinds finds) {
            this.proof = proof;
            this.follower = follower;
            this.finds = finds;
        }

        @Override
        public boolean isNeeded(int place) {
            return proof.withoutHarm(place, request, rows).isEmpty();
        }

        @Override
        public boolean mayPassOver() {
            return follower.mayPassOver(rows);
        }

        @Override
        public void passedOver(int place) {
            proof.withoutHarm(place, request, rows).ifPresent(finds::passedOver);
        }

        @Override
        public boolean isEnough() {
            return finds.isEnough();
        }
    }
}
