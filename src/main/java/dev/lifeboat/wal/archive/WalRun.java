package dev.lifeboat.wal.archive;

import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;

import java.util.ArrayList;
import java.util.List;

/**
 * Segments of one timeline without a gap between them.
 *
 * @param last the last one, which may be the first
 */
public record WalRun(WalSegment first, WalSegment last) {
    public long segments() {
        return last.number() - first.number() + 1;
    }

    public boolean contains(WalSegment segment) {
        return segment.compareTo(first) >= 0 && segment.compareTo(last) <= 0;
    }

    /** The runs of the union of sets that are sorted by position. */
    static List<WalRun> of(TimelineId timeline, int segmentBytes, List<SegmentSet> sets) {
        int perHigh = 32 - Integer.numberOfTrailingZeros(segmentBytes);
        var runs = new ArrayList<WalRun>();
        var merge = new Merge(sets);
        long first = -1;
        long last = -1;
        while (merge.next()) {
            long position = merge.position();
            if ((position & 0xFFFFFFFFL) >>> perHigh != 0) {
                continue;
            }
            long number = position >>> 32 << perHigh | (position & 0xFFFFFFFFL);
            if (first >= 0 && number == last + 1) {
                last = number;
                continue;
            }
            close(runs, timeline, segmentBytes, first, last);
            first = number;
            last = number;
        }
        close(runs, timeline, segmentBytes, first, last);
        return runs;
    }

    private static void close(
            List<WalRun> runs, TimelineId timeline, int segmentBytes, long first, long last) {
        if (first >= 0) {
            runs.add(
                    new WalRun(
                            new WalSegment(timeline, first, segmentBytes),
                            new WalSegment(timeline, last, segmentBytes)));
        }
    }

    /** Walks several sorted sets at once, each position once. */
    private static final class Merge {
        private final List<SegmentSet> sets;
        private final int[] at;
        private long position;

        Merge(List<SegmentSet> sets) {
            this.sets = sets;
            this.at = new int[sets.size()];
        }

        boolean next() {
            boolean found = false;
            for (int i = 0; i < at.length; i++) {
                if (at[i] < sets.get(i).size()) {
                    long candidate = sets.get(i).positionAt(at[i]);
                    if (!found || Long.compareUnsigned(candidate, position) < 0) {
                        position = candidate;
                        found = true;
                    }
                }
            }
            for (int i = 0; found && i < at.length; i++) {
                if (at[i] < sets.get(i).size() && sets.get(i).positionAt(at[i]) == position) {
                    at[i]++;
                }
            }
            return found;
        }

        long position() {
            return position;
        }
    }
}
