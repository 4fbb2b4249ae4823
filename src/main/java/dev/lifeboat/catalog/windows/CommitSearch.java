package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.SegmentEntry;

import java.util.Optional;

/**
 * Finds the first and the last commit of a stretch of one timeline: from the index, and by reading
 * what is not in it, as long as not too much is to be read. For one thread.
 */
final class CommitSearch {
    private final IndexedWal wal;
    private final TimelineTree tree;
    private final WalHoldings holdings;
    private int readsLeft;

    /**
     * @param mostReads how many segments are read at most
     */
    CommitSearch(IndexedWal wal, TimelineTree tree, WalHoldings holdings, int mostReads) {
        this.wal = wal;
        this.tree = tree;
        this.holdings = holdings;
        this.readsLeft = mostReads;
    }

    /**
     * What was found.
     *
     * @param commit empty when there is none, or when it is not known
     * @param known whether that is the whole answer
     */
    record Found(Optional<IndexedCommit> commit, boolean known) {
        static Found unknown() {
            return new Found(Optional.empty(), false);
        }
    }

    /**
     * The last commit whose record starts in the window.
     *
     * @throws RecoveryException when a segment cannot be fetched or read
     */
    Found last(Window window) throws RecoveryException {
        long first = number(window.from());
        long number = number(window.to().plus(-1));
        while (number >= first) {
            Optional<SegmentEntry> entry = entry(window.timeline(), number);
            if (entry.isEmpty()) {
                return Found.unknown();
            }
            Optional<IndexedCommit> found = inside(entry.get(), window, true);
            if (found.isPresent()) {
                return new Found(found, true);
            }
            number = previous(window.timeline(), first, number);
        }
        return new Found(Optional.empty(), true);
    }

    /** The first one. */
    Found first(Window window) throws RecoveryException {
        long last = number(window.to().plus(-1));
        long number = number(window.from());
        while (number <= last) {
            Optional<SegmentEntry> entry = entry(window.timeline(), number);
            if (entry.isEmpty()) {
                return Found.unknown();
            }
            Optional<IndexedCommit> found = inside(entry.get(), window, false);
            if (found.isPresent()) {
                return new Found(found, true);
            }
            number = next(window.timeline(), number, last);
        }
        return new Found(Optional.empty(), true);
    }

    /** Passes over what is known to hold no commit. */
    private long previous(TimelineId timeline, long first, long number) {
        if (number - 1 < first) {
            return number - 1;
        }
        var run = new WalRun(segment(timeline, first), segment(timeline, number - 1));
        return wal.index().covers(run)
                ? wal.index().lastWithCommits(run).map(WalSegment::number).orElse(first - 1)
                : number - 1;
    }

    private long next(TimelineId timeline, long number, long last) {
        if (number + 1 > last) {
            return number + 1;
        }
        var run = new WalRun(segment(timeline, number + 1), segment(timeline, last));
        return wal.index().covers(run)
                ? wal.index().firstWithCommits(run).map(WalSegment::number).orElse(last + 1)
                : number + 1;
    }

    /**
     * What is known of a segment; empty when it would have to be read, and too many were already.
     */
    Optional<SegmentEntry> entry(TimelineId timeline, long number) throws RecoveryException {
        Optional<WalSegment> file = file(timeline, number);
        Optional<SegmentEntry> known = file.flatMap(wal.index()::entry);
        if (known.isPresent() || file.isEmpty() || readsLeft == 0) {
            return known;
        }
        readsLeft--;
        return Optional.of(wal.entry(file.get(), following(file.get())));
    }

    private Optional<IndexedCommit> inside(SegmentEntry entry, Window window, boolean last)
            throws RecoveryException {
        if (entry.commits() == 0) {
            return Optional.empty();
        }
        WalSegment file = entry.segment();
        if (!file.start().isBefore(window.from()) && !file.end().isAfter(window.to())) {
            return entry.ended()
                    .flatMap(
                            last
                                    ? SegmentEntry.Ended::lastCommit
                                    : SegmentEntry.Ended::firstCommit);
        }
        TransactionLog endings = wal.endings(file, following(file));
        Optional<IndexedCommit> found = Optional.empty();
        for (int i = 0; i < endings.size(); i++) {
            Lsn at = endings.start(i);
            if (!endings.isAbort(i) && !at.isBefore(window.from()) && at.isBefore(window.to())) {
                found = Optional.of(new IndexedCommit(endings.xid(i), endings.time(i), at));
                if (!last) {
                    return found;
                }
            }
        }
        return found;
    }

    private Optional<WalSegment> following(WalSegment file) {
        return file(file.timeline(), file.number() + 1);
    }

    /**
     * The file that serves a stretch of a timeline: its own, or that of a timeline that left it
     * there and repeats what went before.
     */
    Optional<WalSegment> file(TimelineId timeline, long number) {
        if (holdings.anywhere(timeline).contains(number)) {
            return Optional.of(segment(timeline, number));
        }
        return tree.forksOf(timeline).stream()
                .filter(fork -> number(fork.begin()) == number)
                .map(TimelineHistory::timeline)
                .flatMap(child -> file(child, number).stream())
                .findFirst();
    }

    private WalSegment segment(TimelineId timeline, long number) {
        return new WalSegment(timeline, number, holdings.segmentBytes());
    }

    private long number(Lsn lsn) {
        return WalSegment.containing(lsn, TimelineId.FIRST, holdings.segmentBytes()).number();
    }
}
