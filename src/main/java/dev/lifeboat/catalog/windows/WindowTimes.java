package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.index.IndexNote;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.SegmentEntry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts times beside positions. What the server wrote comes first: the end of a base, the record of
 * a promotion, commits. Where they cannot be had, a fork is dated by when the new timeline's
 * history file was stored, and the end of a run by when its last segment was.
 */
final class WindowTimes {
    private final List<CatalogEntry> bases;
    private final StoredTimes stored;
    private final TimelineTree tree;
    private final int segmentBytes;
    private final CommitSearch commits;
    private final List<String> notes;

    /**
     * @param notes takes what could not be found out
     */
    WindowTimes(
            List<CatalogEntry> bases,
            StoredTimes stored,
            TimelineTree tree,
            int segmentBytes,
            CommitSearch commits,
            List<String> notes) {
        this.bases = bases;
        this.stored = stored;
        this.tree = tree;
        this.segmentBytes = segmentBytes;
        this.commits = commits;
        this.notes = notes;
    }

    TimedWindow of(Window window) throws RecoveryException {
        try {
            CommitSearch.Found last = commits.last(window);
            CommitSearch.Found first =
                    last.known() ? commits.first(window) : CommitSearch.Found.unknown();
            if (first.known()) {
                return fromLog(window, first.commit(), last.commit());
            }
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unreadable) {
            notes.add(
                    "The last commit is not known: "
                            + unreadable.problem().what()
                            + " "
                            + unreadable.problem().why());
        }
        Instant from = from(window);
        Optional<Instant> to = to(window).map(time -> time.isBefore(from) ? from : time);
        return new TimedWindow(window, from, to, false);
    }

    private TimedWindow fromLog(
            Window window, Optional<IndexedCommit> first, Optional<IndexedCommit> last)
            throws RecoveryException {
        Optional<Instant> begin =
                beginsAtBase(window)
                        ? Optional.of(facts(opening(window)).stopTime())
                        : promotedAt(window).or(() -> first.map(IndexedCommit::time));
        Instant from = begin.isPresent() ? begin.get() : from(window);
        Instant to = last.map(IndexedCommit::time).orElse(from);
        return new TimedWindow(
                window,
                from,
                Optional.of(to.isBefore(from) ? from : to),
                begin.isPresent(),
                first,
                last);
    }

    private boolean beginsAtBase(Window window) {
        return facts(opening(window)).stopLsn().equals(window.from());
    }

    /** When the timeline began, by the server that began it. */
    private Optional<Instant> promotedAt(Window window) throws RecoveryException {
        WalSegment segment = WalSegment.containing(window.from(), window.timeline(), segmentBytes);
        Optional<SegmentEntry> entry = commits.entry(segment.timeline(), segment.number());
        return entry.stream()
                .flatMap(e -> e.notes().stream())
                .filter(IndexNote.Event.class::isInstance)
                .map(note -> ((IndexNote.Event) note).event())
                .filter(WalEvent.EndOfRecovery.class::isInstance)
                .map(WalEvent.EndOfRecovery.class::cast)
                .filter(end -> end.timeline().equals(window.timeline()))
                .map(WalEvent.EndOfRecovery::time)
                .findFirst();
    }

    private Instant from(Window window) throws RecoveryException {
        Instant stop = facts(opening(window)).stopTime();
        if (beginsAtBase(window)) {
            return stop;
        }
        Optional<Instant> forked = forkedAt(window, window.from());
        if (forked.isEmpty()) {
            forked = stored.of(window.timeline().hex() + ".history");
        }
        return forked.filter(time -> time.isAfter(stop)).orElse(stop);
    }

    private Optional<Instant> to(Window window) throws RecoveryException {
        Optional<Instant> forked = forkedAt(window, window.to());
        return forked.isPresent()
                ? forked
                : stored.of(
                        WalSegment.endingAt(window.to(), window.timeline(), segmentBytes).name());
    }

    /** When a timeline left this one at the position, by its history file. */
    private Optional<Instant> forkedAt(Window window, Lsn position) throws RecoveryException {
        for (TimelineHistory fork : tree.forksOf(window.timeline())) {
            if (fork.begin().equals(position)) {
                return stored.of(fork.timeline().hex() + ".history");
            }
        }
        return Optional.empty();
    }

    private CatalogEntry opening(Window window) {
        return bases.stream()
                .filter(base -> base.id().equals(window.bases().getFirst()))
                .findFirst()
                .orElseThrow();
    }

    private static BaseFacts facts(CatalogEntry base) {
        return base.facts().base().orElseThrow();
    }
}
