package dev.lifeboat.catalog.find;

import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.TransactionFollower;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.SegmentEntry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found in one stretch. */
final class StretchFinds implements TransactionFollower.Listener {
    private final Stretch stretch;
    private final FindRequest request;
    private final FindListener listener;
    private final List<FoundTransaction> found = new ArrayList<>();
    private boolean enough;
    private Instant first;
    private Instant last;

    StretchFinds(Stretch stretch, FindRequest request, FindListener listener) {
        this.stretch = stretch;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public void committed(TransactionFollower.Committed transaction) {
        Instant time = transaction.changes().time();
        enough |= isBeyond(time);
        if (stretch.holds(transaction.changes().commit()) && request.isWithin(time)) {
            count(time);
        }
    }

    private boolean isBeyond(Instant time) {
        return request.to()
                .filter(to -> time.isAfter(to.plus(TransactionFinder.LEEWAY)))
                .isPresent();
    }

    private void count(Instant time) {
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    @Override
    public void harm(FoundTransaction transaction) {
        if (stretch.holds(transaction.lsn()) && request.isWithin(transaction.time())) {
            found.add(transaction);
            if (request.wants(transaction)) {
                listener.found(transaction);
            }
        }
    }

    /** A segment was not read, because of what the index tells of it. */
    void passedOver(SegmentEntry entry) {
        entry.ended().ifPresent(ended -> passedOver(entry, ended));
    }

    private void passedOver(SegmentEntry entry, SegmentEntry.Ended ended) {
        enough |= ended.commits() > 0 && isBeyond(ended.earliest());
        if (!entry.segment().start().isBefore(stretch.from())) {
            ended.firstCommit().map(IndexedCommit::time).ifPresent(this::countIfWithin);
            ended.lastCommit().map(IndexedCommit::time).ifPresent(this::countIfWithin);
        }
    }

    private void countIfWithin(Instant time) {
        if (request.isWithin(time)) {
            count(time);
        }
    }

    boolean isEnough() {
        return enough;
    }

    List<FoundTransaction> found() {
        return found;
    }

    Optional<Instant> first() {
        return Optional.ofNullable(first);
    }

    Optional<Instant> last() {
        return Optional.ofNullable(last);
    }
}
