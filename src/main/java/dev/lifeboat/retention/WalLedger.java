package dev.lifeboat.retention;

import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Which segments there are and when each was stored first: a copy made later says nothing of a
 * segment's age. Filled by one thread, then only read.
 */
final class WalLedger {
    private final int segmentBytes;
    private final Map<TimelineId, Map<Long, Long>> storedMillis = new TreeMap<>();
    private final Map<Region.Role, Map<TimelineId, LongStream.Builder>> byRegion =
            new EnumMap<>(Region.Role.class);
    private final Map<Region.Role, Long> objects = new EnumMap<>(Region.Role.class);

    WalLedger(int segmentBytes) {
        this.segmentBytes = segmentBytes;
    }

    /**
     * Lists every region.
     *
     * @throws RecoveryException when one cannot be listed
     */
    static WalLedger read(RegionPair wal, String prefix, int segmentBytes, CancelToken cancel)
            throws RecoveryException {
        var ledger = new WalLedger(segmentBytes);
        for (Region region : wal.regions()) {
            ledger.objects.put(region.role(), 0L);
            ledger.byRegion.put(region.role(), new HashMap<>());
            region.store()
                    .list(
                            prefix + ArchivedWal.FOLDER,
                            "",
                            object -> {
                                ledger.add(region.role(), prefix, object);
                                return true;
                            },
                            cancel);
        }
        return ledger;
    }

    private void add(Region.Role region, String prefix, ObjectInfo object) {
        objects.merge(region, 1L, Long::sum);
        ArchivedWal.parseKey(prefix, object.key())
                .flatMap(wal -> segment(wal.file()))
                .ifPresent(segment -> add(region, segment, object.lastModified()));
    }

    /** The segment of this name; empty for every other kind of file. */
    private Optional<WalSegment> segment(WalFileName file) {
        return file instanceof WalFileName.Segment named
                ? named.segment(segmentBytes)
                : Optional.empty();
    }

    void add(Region.Role region, WalSegment segment, Instant stored) {
        storedMillis
                .computeIfAbsent(segment.timeline(), _ -> new HashMap<>())
                .merge(segment.number(), stored.toEpochMilli(), Math::min);
        byRegion.computeIfAbsent(region, _ -> new HashMap<>())
                .computeIfAbsent(segment.timeline(), _ -> LongStream.builder())
                .add(segment.number());
    }

    /** What there is, by region. To be asked once. */
    WalHoldings holdings() {
        Map<Region.Role, Map<TimelineId, SegmentRuns>> held = new EnumMap<>(Region.Role.class);
        byRegion.forEach(
                (role, timelines) -> {
                    Map<TimelineId, SegmentRuns> runs = new HashMap<>();
                    timelines.forEach(
                            (id, numbers) -> runs.put(id, SegmentRuns.of(numbers.build())));
                    held.put(role, runs);
                });
        return new WalHoldings(segmentBytes, held, Set.of());
    }

    /** Objects of every kind in the folder of WAL. */
    long objects(Region.Role region) {
        return objects.getOrDefault(region, 0L);
    }

    /** What was stored before the moment in every region that has it, and nothing needs. */
    Map<TimelineId, SegmentRuns> going(WalNeeds needs, Instant before) {
        Map<TimelineId, SegmentRuns> going = new TreeMap<>();
        storedMillis.forEach(
                (timeline, segments) -> {
                    LongStream old =
                            segments.entrySet().stream()
                                    .filter(stored -> stored.getValue() < before.toEpochMilli())
                                    .mapToLong(Map.Entry::getKey)
                                    .filter(
                                            number ->
                                                    !needs.needs(
                                                            new WalSegment(
                                                                    timeline,
                                                                    number,
                                                                    segmentBytes)));
                    SegmentRuns runs = SegmentRuns.of(old);
                    if (!runs.isEmpty()) {
                        going.put(timeline, runs);
                    }
                });
        return going;
    }

    /**
     * Whether a segment from one number up to another, exclusively, stays, or may still come: the
     * newest timeline grows.
     */
    boolean mayHold(TimelineId timeline, long from, long to, Map<TimelineId, SegmentRuns> going) {
        if (storedMillis.isEmpty()) {
            return true;
        }
        TimelineId newest = Collections.max(storedMillis.keySet());
        Set<Long> stored = storedMillis.getOrDefault(timeline, Map.of()).keySet();
        boolean grows =
                timeline.compareTo(newest) > 0
                        || (timeline.equals(newest) && to > Collections.max(stored));
        SegmentRuns gone = going.getOrDefault(timeline, SegmentRuns.none());
        return grows
                || stored.stream()
                        .anyMatch(
                                number -> number >= from && number < to && !gone.contains(number));
    }

    int segmentBytes() {
        return segmentBytes;
    }

    /**
     * A segment number that no position which was current at or after the moment lies before: the
     * lowest one that was stored then or later (a segment is stored after its last byte is written,
     * so the one that holds such a position is among those), and not behind where the newest
     * timeline stands now. Empty when there is nothing at all.
     */
    OptionalLong firstSince(Instant moment, TimelineTree timelines) {
        long since = moment.toEpochMilli();
        LongStream stored =
                storedMillis.values().stream()
                        .flatMap(segments -> segments.entrySet().stream())
                        .filter(segment -> segment.getValue() >= since)
                        .mapToLong(Map.Entry::getKey);
        return LongStream.concat(stored, now(timelines)).min();
    }

    private LongStream now(TimelineTree timelines) {
        TimelineId newest = timelines.timelines().last();
        Map<Long, Long> segments = storedMillis.getOrDefault(newest, Map.of());
        if (!segments.isEmpty()) {
            return LongStream.of(Collections.max(segments.keySet()));
        }
        Lsn forked = timelines.history(newest).map(TimelineHistory::begin).orElse(Lsn.ZERO);
        return forked.equals(Lsn.ZERO)
                ? LongStream.empty()
                : LongStream.of(WalSegment.containing(forked, newest, segmentBytes).number());
    }
}
