package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The unbroken segments along a path of timelines, from a base's first one to where they end.
 *
 * @param runs ascending, each following the one before it without a gap; at most one per timeline
 * @param hole why it ends there: the first segment that no region is known to have
 */
public record WalChain(List<WalRun> runs, Hole hole) {
    /**
     * The segment at which a chain ends.
     *
     * @param missingIn the regions that were listed and do not have it
     * @param unknownIn the regions that could not be listed: it may lie there
     * @param archiveGoesOn whether some region has a later segment of the path: a gap, not the end
     *     of the archive
     */
    public record Hole(
            WalSegment segment,
            Set<Region.Role> missingIn,
            Set<Region.Role> unknownIn,
            boolean archiveGoesOn) {
        public Hole {
            missingIn = Set.copyOf(missingIn);
            unknownIn = Set.copyOf(unknownIn);
        }
    }

    public WalChain {
        runs = List.copyOf(runs);
    }

    /**
     * Follows the path from a position on. Each stretch of the log must be there as a file of the
     * newest timeline that began in or before it: that is the file the server takes, and an older
     * timeline's file of the same number may hold what was abandoned.
     *
     * <p>Source: PostgreSQL {@code src/backend/access/transam/xlogrecovery.c}, XLogFileReadAnyTLI.
     *
     * @param from where replay begins (the redo position of a base)
     */
    public static WalChain along(TimelinePath path, Lsn from, WalHoldings holdings) {
        int size = holdings.segmentBytes();
        List<WalRun> runs = new ArrayList<>();
        long next = WalSegment.containing(from, path.target(), size).number();
        for (Owned owned : owned(path, size)) {
            if (owned.last < next) {
                continue;
            }
            SegmentRuns there = holdings.anywhere(owned.timeline);
            long end = Math.min(owned.last, there.endOfRun(next));
            if (end >= next) {
                runs.add(
                        new WalRun(
                                new WalSegment(owned.timeline, next, size),
                                new WalSegment(owned.timeline, end, size)));
                next = end + 1;
            }
            if (end < owned.last) {
                break;
            }
        }
        return new WalChain(runs, holeAt(path, next, holdings));
    }

    /** The numbers of the path that one timeline's files serve. */
    private record Owned(TimelineId timeline, long first, long last) {}

    private static List<Owned> owned(TimelinePath path, int size) {
        List<Owned> all = new ArrayList<>();
        List<TimelinePath.Span> spans = path.spans();
        for (int i = 0; i < spans.size(); i++) {
            TimelineId timeline = spans.get(i).timeline();
            long first = WalSegment.containing(spans.get(i).from(), timeline, size).number();
            long last =
                    i + 1 == spans.size()
                            ? Long.MAX_VALUE - 1
                            : WalSegment.containing(spans.get(i + 1).from(), timeline, size)
                                            .number()
                                    - 1;
            all.add(new Owned(timeline, first, last));
        }
        return all;
    }

    private static Hole holeAt(TimelinePath path, long number, WalHoldings holdings) {
        int size = holdings.segmentBytes();
        WalSegment segment = path.candidates(number, size).getFirst();
        boolean goesOn = false;
        for (Owned owned : owned(path, size)) {
            SegmentRuns there = holdings.anywhere(owned.timeline);
            SegmentRuns behind =
                    there.intersection(
                            SegmentRuns.range(Math.max(number, owned.first), owned.last));
            goesOn |= !behind.isEmpty();
        }
        return new Hole(segment, holdings.missingIn(segment), holdings.unknown(), goesOn);
    }

    /**
     * The same up to a segment that cannot be read, although some region has it.
     *
     * @param name one of this chain
     */
    public WalChain before(String name) {
        List<WalRun> kept = new ArrayList<>();
        for (WalRun run : runs) {
            WalSegment segment = WalSegment.parse(name, run.first().sizeBytes()).orElseThrow();
            boolean here =
                    segment.timeline().equals(run.first().timeline())
                            && segment.number() >= run.first().number()
                            && segment.number() <= run.last().number();
            if (here) {
                if (segment.number() > run.first().number()) {
                    kept.add(new WalRun(run.first(), segment.previous().orElseThrow()));
                }
                return new WalChain(kept, new Hole(segment, Set.of(), Set.of(), true));
            }
            kept.add(run);
        }
        throw new IllegalArgumentException(name + " is not in the chain");
    }

    /** The first position behind the chain; the given one when it has no segment. */
    public Lsn end(Lsn whenEmpty) {
        return runs.isEmpty() ? whenEmpty : runs.getLast().last().end();
    }

    /** Whether the byte before this position lies in the chain, which begins before it. */
    public boolean reaches(Lsn position) {
        return !runs.isEmpty() && !runs.getLast().last().end().isBefore(position);
    }

    public long count() {
        return runs.stream().mapToLong(WalRun::segments).sum();
    }

    /** Every segment up to the one that ends at or holds the byte before {@code end}. */
    public List<WalSegment> upTo(Lsn end) {
        List<WalSegment> segments = new ArrayList<>();
        for (WalRun run : runs) {
            WalSegment segment = run.first();
            while (segment.number() <= run.last().number() && segment.start().isBefore(end)) {
                segments.add(segment);
                segment = segment.next();
            }
        }
        return segments;
    }
}
