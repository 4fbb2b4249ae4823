package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A made-up archive of 1 MiB segments; positions are written in quarters of a segment. */
final class Archive {
    static final int SIZE = WalSegment.MIN_SIZE_BYTES;
    static final int QUARTER = SIZE / 4;

    private final Map<Region.Role, Map<TimelineId, SegmentRuns>> regions =
            new EnumMap<>(Region.Role.class);
    private final Map<Long, TimelineHistory> histories = new HashMap<>();
    private final List<BasePoint> bases = new ArrayList<>();
    private final List<Barrier> barriers = new ArrayList<>();
    private Set<Region.Role> unknown = Set.of();

    static Lsn quarters(long count) {
        return new Lsn(count * QUARTER);
    }

    static TimelineId timeline(long number) {
        return new TimelineId(number);
    }

    Archive region(Region.Role role, long timeline, SegmentRuns runs) {
        regions.computeIfAbsent(role, _ -> new HashMap<>()).put(timeline(timeline), runs);
        return this;
    }

    Archive primary(long timeline, long first, long last) {
        return region(Region.Role.PRIMARY, timeline, SegmentRuns.range(first, last));
    }

    Archive unknown(Region.Role role) {
        unknown = Set.of(role);
        return this;
    }

    Archive fork(long timeline, long parent, long atQuarters) {
        List<TimelineHistory.Switch> switches = new ArrayList<>();
        if (histories.containsKey(parent)) {
            switches.addAll(histories.get(parent).switches());
        }
        switches.add(
                new TimelineHistory.Switch(timeline(parent), quarters(atQuarters), "promoted"));
        histories.put(timeline, new TimelineHistory(timeline(timeline), switches));
        return this;
    }

    Archive base(String id, long timeline, long startQuarters, long stopQuarters) {
        bases.add(
                new BasePoint(
                        id, timeline(timeline), quarters(startQuarters), quarters(stopQuarters)));
        return this;
    }

    /** Replay of that timeline's file stops at the position. */
    Archive barrier(long timeline, long atQuarters) {
        Lsn at = quarters(atQuarters);
        WalSegment file = WalSegment.containing(at, timeline(timeline), SIZE);
        barriers.add(new Barrier(file, at, WhyNot.WAL_LEVEL_MINIMAL));
        return this;
    }

    List<Barrier> barriers() {
        return barriers;
    }

    List<BasePoint> bases() {
        return bases;
    }

    WalHoldings holdings() {
        return new WalHoldings(SIZE, regions, unknown);
    }

    TimelineTree tree() throws RecoveryException {
        return TimelineTree.of(histories.values(), holdings().timelines());
    }

    RecoveryMap map() throws RecoveryException {
        return RecoveryMap.of(bases, holdings(), tree(), barriers);
    }
}
