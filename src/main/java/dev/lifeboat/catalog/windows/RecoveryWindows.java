package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.archive.ArchivedHistories;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedWal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out to when one can go back, from the catalog, the listing of the WAL, its index and, where
 * the index does not know the ends of a window, a few segments.
 */
public final class RecoveryWindows {
    /** So many segments are read for one answer, the newest window's first. */
    private static final int MOST_READS = 64;

    private final WalArchive archive;
    private final RegionPair regions;
    private final String prefix;
    private final Clock clock;
    private final IndexedWal.Places places;

    /**
     * @param regions of the bucket that holds WAL
     * @param prefix the profile's
     */
    public RecoveryWindows(WalArchive archive, RegionPair regions, String prefix, Clock clock) {
        this(archive, regions, prefix, clock, IndexedWal.Places.none());
    }

    /**
     * @param places where the index of the WAL is kept
     */
    public RecoveryWindows(
            WalArchive archive,
            RegionPair regions,
            String prefix,
            Clock clock,
            IndexedWal.Places places) {
        this.archive = archive;
        this.regions = regions;
        this.prefix = prefix;
        this.clock = clock;
        this.places = places;
    }

    /**
     * Lists the WAL, reads the history files, the index and what it does not know.
     *
     * @throws RecoveryException when no region's WAL can be listed, or when histories contradict
     *     each other; what only makes the answer poorer is a note
     */
    public RecoveryTimeline read(CatalogListing catalog, CancelToken cancel)
            throws RecoveryException {
        return view(catalog, cancel).timeline();
    }

    /** The same, with what answers questions about targets. */
    public RecoveryView view(CatalogListing catalog, CancelToken cancel) throws RecoveryException {
        WalInventory inventory = archive.inventory(cancel);
        List<String> notes = new ArrayList<>();
        ArchivedHistories histories = archive.histories(inventory, cancel);
        histories.unreadable().forEach((timeline, why) -> notes.add(why.what() + " " + why.why()));
        TimelineTree tree = TimelineTree.of(histories.readable(), inventory.timelines());
        tree.withoutHistory().forEach(timeline -> notes.add(unfollowed(timeline)));
        List<CatalogEntry> bases = bases(catalog, notes);
        if (bases.isEmpty()) {
            notes.add("There is no usable base, so no moment can be recovered to.");
            var timeline =
                    new RecoveryTimeline(
                            List.of(),
                            List.of(),
                            tree,
                            Optional.empty(),
                            Optional.empty(),
                            inventory.unlisted(),
                            BlankFinder.withoutBase(),
                            notes);
            return new RecoveryView(timeline, Optional.empty(), Optional.empty());
        }
        return timed(bases, inventory, tree, notes, cancel);
    }

    private RecoveryView timed(
            List<CatalogEntry> bases,
            WalInventory inventory,
            TimelineTree tree,
            List<String> notes,
            CancelToken cancel)
            throws RecoveryException {
        int segmentBytes = facts(bases.getFirst()).walSegmentBytes();
        WalHoldings holdings = WalHoldings.of(inventory, segmentBytes);
        String cluster = bases.getFirst().facts().systemIdentifier().orElseThrow();
        IndexedWal wal = IndexedWal.open(archive, inventory, cluster, segmentBytes, places, cancel);
        unread(wal, tree, segmentBytes).ifPresent(notes::add);
        List<Barrier> barriers = Barriers.of(wal.index(), holdings);
        RecoveryMap map =
                RecoveryMap.of(
                        bases.stream().map(RecoveryWindows::point).toList(),
                        holdings,
                        tree,
                        barriers);
        var commits = new CommitSearch(wal, tree, holdings, MOST_READS);
        List<TimedWindow> windows = times(bases, inventory, map, commits, segmentBytes, notes);
        Optional<TimedWindow> newest =
                windows.stream()
                        .filter(timed -> !timed.window().abandoned())
                        .max(Comparator.comparing(timed -> timed.window().to()));
        var timeline =
                new RecoveryTimeline(
                        windows,
                        map.gaps(),
                        tree,
                        newest.filter(TimedWindow::isRead).flatMap(TimedWindow::to),
                        newest.flatMap(this::loss),
                        inventory.unlisted(),
                        new BlankFinder(bases, holdings, tree, barriers, commits).between(windows),
                        notes);
        var answers = new TargetAnswers(bases, holdings, tree, barriers, wal, timeline);
        return new RecoveryView(timeline, Optional.of(answers), Optional.of(wal));
    }

    /** The newest window's ends are found first, while segments may still be read. */
    private List<TimedWindow> times(
            List<CatalogEntry> bases,
            WalInventory inventory,
            RecoveryMap map,
            CommitSearch commits,
            int segmentBytes,
            List<String> notes)
            throws RecoveryException {
        var times =
                new WindowTimes(
                        bases,
                        new StoredTimes(regions, inventory, prefix),
                        map.timelines(),
                        segmentBytes,
                        commits,
                        notes);
        Map<Window, TimedWindow> timed = new HashMap<>();
        List<Window> newestFirst =
                map.windows().stream()
                        .sorted(
                                Comparator.comparing(Window::abandoned)
                                        .thenComparing(Window::to, Comparator.reverseOrder()))
                        .toList();
        for (Window window : newestFirst) {
            timed.put(window, times.of(window));
        }
        return map.windows().stream().map(timed::get).toList();
    }

    /** Those of the cluster the newest one is of, the newest first. */
    private static List<CatalogEntry> bases(CatalogListing catalog, List<String> notes) {
        List<CatalogEntry> usable =
                catalog.ofKind(BackupKind.BASE).stream()
                        .filter(CatalogEntry::isUsable)
                        .filter(entry -> entry.facts().base().isPresent())
                        .filter(entry -> entry.facts().systemIdentifier().isPresent())
                        .toList();
        List<CatalogEntry> same = new ArrayList<>();
        for (CatalogEntry base : usable) {
            boolean cluster =
                    base.facts()
                            .systemIdentifier()
                            .equals(usable.getFirst().facts().systemIdentifier());
            boolean size =
                    facts(base).walSegmentBytes() == facts(usable.getFirst()).walSegmentBytes();
            if (cluster && size) {
                same.add(base);
            } else {
                notes.add(
                        "The base "
                                + base.id()
                                + " is of another cluster than the newest one, and left out.");
            }
        }
        return same;
    }

    private static BaseFacts facts(CatalogEntry base) {
        return base.facts().base().orElseThrow();
    }

    static BasePoint point(CatalogEntry base) {
        BaseFacts facts = facts(base);
        return new BasePoint(
                base.id(),
                new TimelineId(Integer.toUnsignedLong(facts.timeline())),
                facts.startLsn(),
                facts.stopLsn());
    }

    private Optional<Duration> loss(TimedWindow newest) {
        return newest.to()
                .map(to -> Duration.between(to, clock.instant()))
                .map(loss -> loss.isNegative() ? Duration.ZERO : loss);
    }

    private static Optional<String> unread(IndexedWal wal, TimelineTree tree, int segmentBytes) {
        long missing = 0;
        for (TimelineId timeline : tree.timelines()) {
            for (WalRun run : wal.inventory().runs(timeline, segmentBytes)) {
                missing += run.segments() - wal.index().count(run);
            }
        }
        return missing == 0
                ? Optional.empty()
                : Optional.of(
                        (missing == 1 ? "One segment is" : missing + " segments are")
                                + " not in the index: what was committed and changed there is"
                                + " known at the ends of windows only. `lifeboat wal index`"
                                + " reads the rest.");
    }

    private static String unfollowed(TimelineId timeline) {
        return "Timeline "
                + timeline
                + " is left out: there is WAL of it, and no "
                + timeline.hex()
                + ".history that says where it came from.";
    }
}
