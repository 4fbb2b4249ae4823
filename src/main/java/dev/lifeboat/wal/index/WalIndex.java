package dev.lifeboat.wal.index;

import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The index of one cluster's WAL, opened. Only entries that describe an object which the archive
 * holds now are in it. Answers come from memory, without any request. Immutable; safe for many
 * threads.
 *
 * <p>What a segment holds is what starts in it. A run is asked about as a whole: {@link
 * #count(WalRun)} tells whether every segment of it is known.
 */
public final class WalIndex {
    private final Map<TimelineId, TimelineIndex> timelines;

    private WalIndex(Map<TimelineId, TimelineIndex> timelines) {
        this.timelines = Map.copyOf(timelines);
    }

    /** An index that knows nothing. */
    public static WalIndex empty() {
        return new WalIndex(Map.of());
    }

    /** The entries of these blocks that describe what the inventory shows. */
    static WalIndex of(Collection<IndexBlock> blocks, WalInventory inventory) {
        return of(blocks, belief(inventory));
    }

    /**
     * An entry is believed when it describes an object that is there, and is not waiting for a
     * segment that has come meanwhile.
     */
    static TimelineIndex.Belief belief(WalInventory inventory) {
        return (segment, identity, open) ->
                inventory.holds(segment, identity) && !(open && inventory.holds(segment.next()));
    }

    static WalIndex of(Collection<IndexBlock> blocks, TimelineIndex.Belief belief) {
        Map<TimelineId, List<IndexBlock>> byTimeline =
                blocks.stream()
                        .collect(
                                Collectors.groupingBy(
                                        block -> block.name().timeline(),
                                        TreeMap::new,
                                        Collectors.toList()));
        Map<TimelineId, TimelineIndex> timelines = new TreeMap<>();
        byTimeline.forEach(
                (timeline, its) -> {
                    its.sort((a, b) -> a.name().compareTo(b.name()));
                    timelines.put(timeline, TimelineIndex.of(timeline, its, belief));
                });
        return new WalIndex(timelines);
    }

    /** An index of entries that are taken as they are, in memory. */
    public static WalIndex of(Collection<SegmentEntry> entries) {
        Map<BlockName, List<SegmentEntry>> byBlock =
                entries.stream().collect(Collectors.groupingBy(e -> BlockName.of(e.segment())));
        List<IndexBlock> blocks =
                byBlock.entrySet().stream()
                        .map(
                                block -> {
                                    int size = block.getValue().getFirst().segment().sizeBytes();
                                    var writer = new BlockWriter(block.getKey(), 0, size);
                                    writer.add(block.getValue());
                                    return parsed(writer.bytes());
                                })
                        .toList();
        return of(blocks, (_, _, _) -> true);
    }

    private static IndexBlock parsed(byte[] bytes) {
        try {
            return IndexBlock.of(MemorySegment.ofArray(bytes));
        } catch (IndexDamage impossible) {
            throw new IllegalStateException("a block was written wrongly", impossible);
        }
    }

    /** How many segments it knows. */
    public long size() {
        return timelines.values().stream().mapToLong(TimelineIndex::size).sum();
    }

    public SortedSet<TimelineId> timelines() {
        return new TreeSet<>(timelines.keySet());
    }

    /** What is known of a segment. */
    public Optional<SegmentEntry> entry(WalSegment segment) {
        TimelineIndex index = timelines.get(segment.timeline());
        return index == null ? Optional.empty() : index.entry(segment.number());
    }

    /** How many segments of the run are known. */
    public long count(WalRun run) {
        return of(run).map(index -> index.count(first(run), last(run))).orElse(0L);
    }

    /** Whether all of it is known. */
    public boolean covers(WalRun run) {
        return count(run) == run.segments();
    }

    /** The transactions committed in the segments of the run that are known. */
    public long commits(WalRun run) {
        return of(run).map(index -> index.commits(first(run), last(run))).orElse(0L);
    }

    /** What the segments of the run that are known take in the archive. */
    public long storedBytes(WalRun run) {
        return of(run).map(index -> index.storedBytes(first(run), last(run))).orElse(0L);
    }

    /** The first segment of the run, of those known, with a commit or abort later than this. */
    public Optional<WalSegment> firstBeyond(WalRun run, Instant time) {
        return of(run).flatMap(
                        index ->
                                segment(
                                        run,
                                        index.firstBeyond(
                                                first(run), last(run), PostgresTime.micros(time))));
    }

    /** The first segment of the run, of those known, in which a transaction committed. */
    public Optional<WalSegment> firstWithCommits(WalRun run) {
        return of(run).flatMap(
                        index -> segment(run, index.firstWithCommits(first(run), last(run))));
    }

    /** The last segment of the run, of those known, in which a transaction committed. */
    public Optional<WalSegment> lastWithCommits(WalRun run) {
        return of(run).flatMap(index -> segment(run, index.lastWithCommits(first(run), last(run))));
    }

    /** The last segment of the run, of those known, in which a transaction committed or aborted. */
    public Optional<WalSegment> lastWithEnds(WalRun run) {
        return of(run).flatMap(index -> segment(run, index.lastWithEnds(first(run), last(run))));
    }

    /** The segments of the run that have notes, in order. */
    public List<SegmentEntry> noted(WalRun run) {
        return of(run).map(index -> index.noted(first(run), last(run))).orElse(List.of());
    }

    /** The segments of the run that are not valid to their last byte, in order. */
    public List<SegmentEntry> damaged(WalRun run) {
        return of(run).map(index -> index.damaged(first(run), last(run))).orElse(List.of());
    }

    /** The stretches of the run that are not known, at most so many. */
    public List<WalRun> missing(WalRun run, int most) {
        if (of(run).isEmpty()) {
            return List.of(run);
        }
        return of(run).get().missing(first(run), last(run), most).stream()
                .map(ends -> new WalRun(segment(run, ends[0]), segment(run, ends[1])))
                .toList();
    }

    private Optional<TimelineIndex> of(WalRun run) {
        return Optional.ofNullable(timelines.get(run.first().timeline()));
    }

    private static long first(WalRun run) {
        return run.first().number();
    }

    private static long last(WalRun run) {
        return run.last().number();
    }

    private static WalSegment segment(WalRun run, long number) {
        return new WalSegment(run.first().timeline(), number, run.first().sizeBytes());
    }

    private static Optional<WalSegment> segment(WalRun run, OptionalLong number) {
        return number.isPresent()
                ? Optional.of(segment(run, number.getAsLong()))
                : Optional.empty();
    }
}
