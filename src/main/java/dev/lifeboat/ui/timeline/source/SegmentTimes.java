package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * When each segment of the live path ended. Where the index knows it, that is the last commit in
 * it; else no later than any segment from there on was stored, because a segment is stored after it
 * is full, and a later one after it. Segments nobody holds share the time between their neighbours.
 */
final class SegmentTimes {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final LivePath path;
    private final long[] ends;
    private final boolean exact;

    private SegmentTimes(LivePath path, long[] ends, boolean exact) {
        this.path = path;
        this.ends = ends;
        this.exact = exact;
    }

    /**
     * @param begin when the first segment of the path was begun, as far as is known
     */
    static SegmentTimes of(LivePath path, WalInventory inventory, WalIndex index, Instant begin) {
        long[] ends = new long[path.count()];
        Arrays.fill(ends, UNKNOWN);
        boolean exact = path.count() > 0;
        for (WalRun run : path.owned()) {
            exact &= index.covers(run);
            for (long number = run.first().number(); number <= run.last().number(); number++) {
                var segment = new WalSegment(run.first().timeline(), number, path.segmentBytes());
                ends[(int) (number - path.first())] = end(segment, inventory, index);
            }
        }
        spread(ends, Micros.of(begin));
        return new SegmentTimes(path, ends, exact);
    }

    private static long end(WalSegment segment, WalInventory inventory, WalIndex index) {
        Optional<Instant> commit =
                index.entry(segment).flatMap(SegmentEntry::ended).map(SegmentEntry.Ended::latest);
        return commit.or(() -> inventory.storedAt(segment)).map(Micros::of).orElse(UNKNOWN);
    }

    /** Ascending, from what lies behind; what nobody knows is spread over the gap. */
    private static void spread(long[] ends, long begin) {
        long least = UNKNOWN;
        for (int i = ends.length - 1; i >= 0; i--) {
            if (ends[i] != UNKNOWN) {
                least = Math.min(least, ends[i]);
                ends[i] = least;
            }
        }
        long before = begin;
        int i = 0;
        while (i < ends.length) {
            int known = i;
            while (known < ends.length && ends[known] == UNKNOWN) {
                known++;
            }
            long until = known == ends.length ? before : Math.max(before, ends[known]);
            int missing = known - i;
            for (int step = 0; step < missing; step++) {
                ends[i + step] = before + (until - before) / (missing + 1) * (step + 1);
            }
            if (known < ends.length) {
                ends[known] = until;
            }
            before = until;
            i = known + 1;
        }
    }

    /** Whether every time was read from the WAL. */
    boolean isExact() {
        return exact;
    }

    /** When the segment of this number ended; the nearest known one outside the path. */
    long end(long number) {
        if (ends.length == 0) {
            return 0;
        }
        return ends[Math.clamp(number - path.first(), 0, ends.length - 1)];
    }

    /** When it began: when the one before it ended. */
    long start(long number) {
        return number <= path.first() ? end(path.first()) : end(number - 1);
    }

    /** About when the log reached a position. */
    long at(Lsn lsn) {
        long number = path.number(lsn);
        long from = start(number);
        double share = (lsn.value() & (path.segmentBytes() - 1L)) / (double) path.segmentBytes();
        return from + Math.round((end(number) - from) * share);
    }

    /** The number of the segment that was written at a time. */
    long numberAt(long time) {
        int found = Arrays.binarySearch(ends, time);
        int index = found < 0 ? -found - 1 : found;
        return path.first() + Math.clamp(index, 0, Math.max(0, ends.length - 1));
    }
}
