package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.ArchivedHistories;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;
import dev.lifeboat.wal.archive.WalInventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Works out to when one can go back, from the catalog and the listing of the WAL. */
public final class RecoveryWindows {
    private final WalArchive archive;
    private final RegionPair regions;
    private final String prefix;
    private final Clock clock;

    /**
     * @param regions of the bucket that holds WAL
     * @param prefix the profile's
     */
    public RecoveryWindows(WalArchive archive, RegionPair regions, String prefix, Clock clock) {
        this.archive = archive;
        this.regions = regions;
        this.prefix = prefix;
        this.clock = clock;
    }

    /**
     * Lists the WAL, reads the history files and the last segments.
     *
     * @throws RecoveryException when no region's WAL can be listed, or when histories contradict
     *     each other; what only makes the answer poorer is a note
     */
    public RecoveryTimeline read(CatalogListing catalog, CancelToken cancel)
            throws RecoveryException {
        WalInventory inventory = archive.inventory(cancel);
        List<String> notes = new ArrayList<>();
        ArchivedHistories histories = archive.histories(inventory, cancel);
        histories.unreadable().forEach((timeline, why) -> notes.add(why.what() + " " + why.why()));
        TimelineTree tree = TimelineTree.of(histories.readable(), inventory.timelines());
        tree.withoutHistory().forEach(timeline -> notes.add(unfollowed(timeline)));
        List<CatalogEntry> bases = bases(catalog, notes);
        if (bases.isEmpty()) {
            notes.add("There is no usable base, so no moment can be recovered to.");
            return new RecoveryTimeline(
                    List.of(),
                    List.of(),
                    tree,
                    Optional.empty(),
                    Optional.empty(),
                    inventory.unlisted(),
                    notes);
        }
        return timed(bases, inventory, tree, notes);
    }

    private RecoveryTimeline timed(
            List<CatalogEntry> bases, WalInventory inventory, TimelineTree tree, List<String> notes)
            throws RecoveryException {
        int segmentBytes = facts(bases.getFirst()).walSegmentBytes();
        WalHoldings holdings = WalHoldings.of(inventory, segmentBytes);
        RecoveryMap map =
                RecoveryMap.of(bases.stream().map(RecoveryWindows::point).toList(), holdings, tree);
        var times =
                new WindowTimes(
                        bases, new StoredTimes(regions, inventory, prefix), tree, segmentBytes);
        List<RecoveryTimeline.TimedWindow> windows = new ArrayList<>();
        for (Window window : map.windows()) {
            windows.add(times.of(window));
        }
        Optional<Instant> latest = Optional.empty();
        int newest = newestLive(windows);
        if (newest >= 0) {
            boolean exact = times.beginsExactly(windows.get(newest).window());
            latest = latest(bases, windows.get(newest), exact, notes);
            windows.set(newest, ending(windows.get(newest), latest, times));
        }
        return new RecoveryTimeline(
                windows,
                map.gaps(),
                tree,
                latest,
                newest < 0 ? Optional.empty() : loss(windows.get(newest)),
                inventory.unlisted(),
                notes);
    }

    /** Those of the cluster the newest one is of, the newest first. */
    private static List<CatalogEntry> bases(CatalogListing catalog, List<String> notes) {
        List<CatalogEntry> usable =
                catalog.ofKind(BackupKind.BASE).stream()
                        .filter(CatalogEntry::isUsable)
                        .filter(entry -> entry.facts().base().isPresent())
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

    private static BasePoint point(CatalogEntry base) {
        BaseFacts facts = facts(base);
        return new BasePoint(
                base.id(),
                new TimelineId(Integer.toUnsignedLong(facts.timeline())),
                facts.startLsn(),
                facts.stopLsn());
    }

    /** The last window that the newest timeline came by; -1 when there is none. */
    private static int newestLive(List<RecoveryTimeline.TimedWindow> windows) {
        return IntStream.range(0, windows.size())
                .filter(i -> !windows.get(i).window().abandoned())
                .boxed()
                .max(Comparator.comparing(i -> windows.get(i).window().to()))
                .orElse(-1);
    }

    private Optional<Instant> latest(
            List<CatalogEntry> bases,
            RecoveryTimeline.TimedWindow newest,
            boolean beginsExactly,
            List<String> notes)
            throws CancelledException {
        Window window = newest.window();
        int segmentBytes = facts(bases.getFirst()).walSegmentBytes();
        Optional<String> cluster = bases.getFirst().facts().systemIdentifier();
        var lastCommit =
                new LastCommit(
                        archive,
                        cluster.map(id -> WalExpectation.of(id, segmentBytes))
                                .orElse(WalExpectation.none()));
        try {
            LastCommit.Answer answer =
                    lastCommit.find(
                            WalSegment.containing(window.from(), window.timeline(), segmentBytes),
                            WalSegment.endingAt(window.to(), window.timeline(), segmentBytes));
            if (answer.time().isPresent()) {
                return answer.time().map(time -> later(time, newest.from()));
            }
            return answer.reachedStart() && beginsExactly
                    ? Optional.of(newest.from())
                    : Optional.empty();
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failure) {
            notes.add(
                    "The last commit is not known: "
                            + failure.problem().what()
                            + " "
                            + failure.problem().why());
            return Optional.empty();
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static RecoveryTimeline.TimedWindow ending(
            RecoveryTimeline.TimedWindow timed, Optional<Instant> latest, WindowTimes times) {
        return latest.isEmpty()
                ? timed
                : new RecoveryTimeline.TimedWindow(
                        timed.window(), timed.from(), latest, times.beginsExactly(timed.window()));
    }

    private Optional<Duration> loss(RecoveryTimeline.TimedWindow newest) {
        return newest.to()
                .map(to -> Duration.between(to, clock.instant()))
                .map(loss -> loss.isNegative() ? Duration.ZERO : loss);
    }

    private static String unfollowed(TimelineId timeline) {
        return "Timeline "
                + timeline
                + " is left out: there is WAL of it, and no "
                + timeline.hex()
                + ".history that says where it came from.";
    }
}
