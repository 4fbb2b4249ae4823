package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which WAL files the archive holds, by name alone: nothing says yet that a copy is good. Immutable
 * once listed; about seventeen bytes a segment and region.
 */
public final class WalInventory {
    private final List<RegionInventory> regions;
    private final Map<Region.Role, Problem> unlisted;

    WalInventory(List<RegionInventory> regions, Map<Region.Role, Problem> unlisted) {
        this.regions = List.copyOf(regions);
        this.unlisted = Map.copyOf(unlisted);
    }

    /** The regions that were listed, the preferred one first. */
    public List<RegionInventory> regions() {
        return regions;
    }

    /** That region's part; empty when it is not in the choice or could not be listed. */
    public Optional<RegionInventory> region(Region.Role role) {
        return regions.stream().filter(r -> r.region() == role).findFirst();
    }

    /** Why a region of the choice could not be listed; what it holds is unknown then. */
    public Map<Region.Role, Problem> unlisted() {
        return unlisted;
    }

    /** Whether some region that was listed holds a form of the file. */
    public boolean holds(WalFileName file) {
        return regions.stream().anyMatch(region -> !region.forms(file).isEmpty());
    }

    /** The timelines that segments or histories speak of, ascending. */
    public SortedSet<TimelineId> timelines() {
        SortedSet<TimelineId> all = new TreeSet<>();
        regions.forEach(region -> all.addAll(region.segments().keySet()));
        histories().forEach(history -> all.add(history.timeline()));
        return all;
    }

    /** The {@code .history} files, ascending. */
    public List<WalFileName.History> histories() {
        return others(WalFileName.History.class);
    }

    /** The {@code .backup} files, ascending by name. */
    public List<WalFileName.BackupHistory> backupHistories() {
        return others(WalFileName.BackupHistory.class);
    }

    /** The {@code .partial} files, ascending by name. */
    public List<WalFileName.Partial> partials() {
        return others(WalFileName.Partial.class);
    }

    /**
     * The segments of a timeline that some region holds, as unbroken runs.
     *
     * @param segmentBytes the cluster's segment size; names that it does not allow are left out
     */
    public List<WalRun> runs(TimelineId timeline, int segmentBytes) {
        return WalRun.of(
                timeline, segmentBytes, regions.stream().flatMap(r -> set(r, timeline)).toList());
    }

    /** The same for what one region holds; none when it was not listed. */
    public List<WalRun> runs(Region.Role region, TimelineId timeline, int segmentBytes) {
        return WalRun.of(
                timeline,
                segmentBytes,
                region(region).stream().flatMap(r -> set(r, timeline)).toList());
    }

    /** Whether some region that was listed holds the segment. */
    public boolean holds(WalSegment segment) {
        return holds(segment.fileName());
    }

    /**
     * Whether some region that was listed holds this very object as the segment.
     *
     * @param identity see {@link ObjectIdentity}; {@link ObjectIdentity#NONE} is held by none
     */
    public boolean holds(WalSegment segment, long identity) {
        for (RegionInventory region : regions) {
            if (identity != ObjectIdentity.NONE && region.identity(segment) == identity) {
                return true;
            }
        }
        return false;
    }

    /**
     * Which object an index made from the archive now would describe: that of the first region that
     * holds the segment.
     */
    public long identity(WalSegment segment) {
        for (RegionInventory region : regions) {
            long identity = region.identity(segment);
            if (identity != ObjectIdentity.NONE) {
                return identity;
            }
        }
        return ObjectIdentity.NONE;
    }

    /** When the first copy of the segment was stored; empty when no region holds it. */
    public Optional<Instant> storedAt(WalSegment segment) {
        return regions.stream()
                .flatMap(region -> region.storedAt(segment).stream())
                .min(Comparator.naturalOrder());
    }

    private static Stream<SegmentSet> set(RegionInventory region, TimelineId timeline) {
        return Stream.ofNullable(region.segments().get(timeline));
    }

    private <T extends WalFileName> List<T> others(Class<T> kind) {
        return regions.stream()
                .flatMap(region -> region.others().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(WalFileName::parse)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
