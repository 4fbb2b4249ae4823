package dev.lifeboat.catalog.windows;

import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.RegionInventory;
import dev.lifeboat.wal.archive.WalInventory;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which complete segments each region has, in any form.
 *
 * @param segmentBytes the cluster's segment size
 * @param byRegion the regions that could be listed, and no other
 * @param unknown the regions of the choice that could not be listed
 */
public record WalHoldings(
        int segmentBytes,
        Map<Region.Role, Map<TimelineId, SegmentRuns>> byRegion,
        Set<Region.Role> unknown) {
    public WalHoldings {
        if (!WalSegment.isValidSize(segmentBytes)) {
            throw new IllegalArgumentException(segmentBytes + " is no segment size");
        }
        var copy = new EnumMap<Region.Role, Map<TimelineId, SegmentRuns>>(Region.Role.class);
        byRegion.forEach((role, timelines) -> copy.put(role, Map.copyOf(timelines)));
        byRegion = copy;
        unknown = Set.copyOf(unknown);
    }

    /** What the listings say, for a cluster of this segment size. */
    public static WalHoldings of(WalInventory inventory, int segmentBytes) {
        var regions = new EnumMap<Region.Role, Map<TimelineId, SegmentRuns>>(Region.Role.class);
        for (RegionInventory region : inventory.regions()) {
            var timelines = new HashMap<TimelineId, SegmentRuns>();
            for (TimelineId timeline : inventory.timelines()) {
                timelines.put(
                        timeline,
                        SegmentRuns.ascending(
                                inventory.runs(region.region(), timeline, segmentBytes)));
            }
            regions.put(region.region(), timelines);
        }
        return new WalHoldings(segmentBytes, regions, inventory.unlisted().keySet());
    }

    /** What one region has of a timeline. */
    public SegmentRuns in(Region.Role region, TimelineId timeline) {
        return byRegion.getOrDefault(region, Map.of()).getOrDefault(timeline, SegmentRuns.none());
    }

    /** What some region has of a timeline. */
    public SegmentRuns anywhere(TimelineId timeline) {
        return byRegion.keySet().stream()
                .map(region -> in(region, timeline))
                .reduce(SegmentRuns.none(), SegmentRuns::union);
    }

    /** The regions that were listed and do not have it. */
    public Set<Region.Role> missingIn(WalSegment segment) {
        Set<Region.Role> missing = EnumSet.noneOf(Region.Role.class);
        for (Region.Role region : byRegion.keySet()) {
            if (!in(region, segment.timeline()).contains(segment.number())) {
                missing.add(region);
            }
        }
        return missing;
    }

    /** Every timeline that some region has segments of. */
    public SortedSet<TimelineId> timelines() {
        SortedSet<TimelineId> all = new TreeSet<>();
        for (Map<TimelineId, SegmentRuns> timelines : byRegion.values()) {
            timelines.forEach(
                    (timeline, runs) -> {
                        if (!runs.isEmpty()) {
                            all.add(timeline);
                        }
                    });
        }
        return all;
    }
}
