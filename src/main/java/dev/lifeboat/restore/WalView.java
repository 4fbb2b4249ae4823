package dev.lifeboat.restore;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.WalIndex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The WAL of the archive as one plan sees it: listed once, then asked about bases and timelines.
 */
final class WalView {
    private final WalArchive archive;
    private final WalInventory inventory;
    private final TimelineTree tree;
    private final IndexedWal.Places places;
    private final CancelToken cancel;

    private WalView(
            WalArchive archive,
            WalInventory inventory,
            TimelineTree tree,
            IndexedWal.Places places,
            CancelToken cancel) {
        this.places = places;
        this.archive = archive;
        this.inventory = inventory;
        this.tree = tree;
        this.cancel = cancel;
    }

    /**
     * Lists the archive and reads its history files.
     *
     * @throws RecoveryException when no region can be listed, or a history file cannot be had:
     *     without it a fork would silently be missed
     */
    static WalView of(WalArchive archive, CancelToken cancel) throws RecoveryException {
        return of(archive, IndexedWal.Places.none(), cancel);
    }

    /**
     * The same, with an index that tells where to look.
     *
     * @param places where the index is kept
     */
    static WalView of(WalArchive archive, IndexedWal.Places places, CancelToken cancel)
            throws RecoveryException {
        WalInventory inventory = archive.inventory(cancel);
        var histories = archive.histories(inventory, cancel);
        if (!histories.unreadable().isEmpty()) {
            throw new RecoveryException(histories.unreadable().values().iterator().next());
        }
        return new WalView(
                archive,
                inventory,
                TimelineTree.of(histories.readable(), inventory.timelines()),
                places,
                cancel);
    }

    WalInventory inventory() {
        return inventory;
    }

    /**
     * The way from a base to a timeline.
     *
     * @param wanted the timeline; empty for the newest one the base can be followed to
     */
    TimelinePath path(BaseFacts base, Optional<Long> wanted) throws RecoveryException {
        var start = new TimelineId(base.timeline());
        if (wanted.isPresent()) {
            return tree.pathTo(timeline(wanted.get()), start, base.stopLsn());
        }
        for (TimelineId timeline : tree.timelines().reversed()) {
            TimelinePath path = tree.pathTo(timeline);
            if (path.canStartAt(start, base.stopLsn())) {
                return path;
            }
        }
        return tree.pathTo(start, start, base.stopLsn());
    }

    /** The timelines that fork off this path, or beyond its end, and are not followed. */
    List<TimelineId> notFollowed(TimelinePath path) {
        var left = new ArrayList<>(tree.timelines());
        path.spans().forEach(span -> left.remove(span.timeline()));
        return left;
    }

    /** Looks for positions from a base on. */
    RunSearch search(String systemIdentifier, BaseFacts base) {
        return new RunSearch(base, (run, lost) -> trail(systemIdentifier, base, run, lost));
    }

    private ArchiveTrail trail(
            String systemIdentifier, BaseFacts base, WalChain run, Optional<Problem> lost)
            throws RecoveryException {
        WalIndex index =
                IndexedWal.open(
                                archive,
                                inventory,
                                systemIdentifier,
                                base.walSegmentBytes(),
                                places,
                                cancel)
                        .index();
        return new ArchiveTrail(
                archive, systemIdentifier, base.walSegmentBytes(), run, lost, index, cancel);
    }

    /**
     * Bases in their order, but those first that lead to the newest timeline; as they are when a
     * timeline is wished for.
     */
    List<CatalogEntry> liveFirst(List<CatalogEntry> bases, Optional<Long> wanted)
            throws RecoveryException {
        if (wanted.isPresent()) {
            return bases;
        }
        List<CatalogEntry> ordered = new ArrayList<>();
        List<CatalogEntry> others = new ArrayList<>();
        for (CatalogEntry base : bases) {
            (isLive(base) ? ordered : others).add(base);
        }
        ordered.addAll(others);
        return ordered;
    }

    /** Whether a base leads to the newest timeline. */
    boolean isLive(CatalogEntry base) throws RecoveryException {
        BaseFacts facts = base.facts().base().orElseThrow();
        return tree.pathTo(tree.timelines().last())
                .canStartAt(
                        new TimelineId(Integer.toUnsignedLong(facts.timeline())), facts.stopLsn());
    }

    /** The unbroken run of segments from a base along a path. */
    WalChain run(BaseFacts base, TimelinePath path) {
        return WalChain.along(
                path, base.startLsn(), WalHoldings.of(inventory, base.walSegmentBytes()));
    }

    /** The history files of the path; the first timeline of a cluster has none. */
    List<String> histories(TimelinePath path) {
        return path.spans().stream()
                .map(span -> new WalFileName.History(span.timeline()))
                .filter(inventory::holds)
                .map(WalFileName::name)
                .toList();
    }

    /** What replay asks for on the way to a goal. */
    WalNeed need(TimelinePath path, WalChain run, Goal goal, int segmentBytes) {
        Lsn end = WalSegment.parse(goal.lastSegment(), segmentBytes).orElseThrow().end();
        return new WalNeed(
                run.upTo(end).stream().map(WalSegment::name).toList(),
                histories(path),
                segmentBytes);
    }

    private static TimelineId timeline(long wanted) throws RecoveryException {
        try {
            return new TimelineId(wanted);
        } catch (IllegalArgumentException noTimeline) {
            throw new RecoveryException(
                    ProblemCode.TARGET_OTHER_TIMELINE,
                    "There is no timeline " + wanted + ".",
                    noTimeline.getMessage() + ".",
                    "Choose one that lifeboat timeline shows.",
                    noTimeline);
        }
    }

    /** Where the run ends, for people. */
    static Lsn end(WalChain run, BaseFacts base) {
        return run.end(base.startLsn());
    }
}
