package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts times beside positions, from what was written down: the end of a base is told by the server;
 * a fork is dated by when the new timeline's history file was stored; the end of a run by when its
 * last segment was.
 */
final class WindowTimes {
    private final List<CatalogEntry> bases;
    private final StoredTimes stored;
    private final TimelineTree tree;
    private final int segmentBytes;

    WindowTimes(List<CatalogEntry> bases, StoredTimes stored, TimelineTree tree, int segmentBytes) {
        this.bases = bases;
        this.stored = stored;
        this.tree = tree;
        this.segmentBytes = segmentBytes;
    }

    /** The window, its end not exact. */
    RecoveryTimeline.TimedWindow of(Window window) throws RecoveryException {
        Instant from = from(window);
        Optional<Instant> to = to(window).map(time -> time.isBefore(from) ? from : time);
        return new RecoveryTimeline.TimedWindow(window, from, to, false);
    }

    /** Whether it begins where a base ends, at a time the server told. */
    boolean beginsExactly(Window window) {
        return facts(opening(window)).stopLsn().equals(window.from());
    }

    private Instant from(Window window) throws RecoveryException {
        Instant stop = facts(opening(window)).stopTime();
        if (beginsExactly(window)) {
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
