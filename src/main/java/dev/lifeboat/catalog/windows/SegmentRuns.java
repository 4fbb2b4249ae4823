package dev.lifeboat.catalog.windows;

import dev.lifeboat.wal.archive.WalRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A set of segment numbers of one timeline, kept as runs of consecutive ones: a million segments
 * without a gap are one run. Immutable.
 */
public final class SegmentRuns {
    private static final SegmentRuns NONE = new SegmentRuns(List.of());

    private final List<Run> runs;

    /** Consecutive segments, both ends included. */
    public record Run(long first, long last) {
        public long count() {
            return last - first + 1;
        }
    }

    private SegmentRuns(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    public static SegmentRuns none() {
        return NONE;
    }

    /** All numbers from first to last; none when last lies before first. */
    public static SegmentRuns range(long first, long last) {
        return last < first ? NONE : new SegmentRuns(List.of(new Run(first, last)));
    }

    /** The numbers in any order; the same one twice is one. */
    public static SegmentRuns of(LongStream numbers) {
        long[] sorted = numbers.sorted().distinct().toArray();
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[i - 1] + 1) {
                runs.add(new Run(sorted[from], sorted[i - 1]));
                from = i;
            }
        }
        return new SegmentRuns(runs);
    }

    /** Runs that are ascending and apart, as an inventory gives them. */
    static SegmentRuns ascending(List<WalRun> runs) {
        return new SegmentRuns(
                runs.stream()
                        .map(run -> new Run(run.first().number(), run.last().number()))
                        .toList());
    }

    /** The numbers in any order. */
    public static SegmentRuns of(long... numbers) {
        return of(Arrays.stream(numbers));
    }

    /** Ascending, apart from each other. */
    public List<Run> runs() {
        return runs;
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    public long count() {
        return runs.stream().mapToLong(Run::count).sum();
    }

    /** The lowest number; the set must not be empty. */
    public long first() {
        return runs.getFirst().first;
    }

    /** The highest number; the set must not be empty. */
    public long last() {
        return runs.getLast().last;
    }

    public boolean contains(long number) {
        return endOfRun(number) >= number;
    }

    /** The last number of the run that holds this one; {@code number - 1} when none does. */
    public long endOfRun(long number) {
        int low = 0;
        int high = runs.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Run run = runs.get(middle);
            if (number < run.first) {
                high = middle - 1;
            } else if (number > run.last) {
                low = middle + 1;
            } else {
                return run.last;
            }
        }
        return number - 1;
    }

    public SegmentRuns union(SegmentRuns other) {
        List<Run> all = new ArrayList<>(runs);
        all.addAll(other.runs);
        all.sort((a, b) -> Long.compare(a.first, b.first));
        List<Run> merged = new ArrayList<>();
        for (Run run : all) {
            Run before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && run.first <= before.last + 1) {
                merged.set(
                        merged.size() - 1, new Run(before.first, Math.max(before.last, run.last)));
            } else {
                merged.add(run);
            }
        }
        return new SegmentRuns(merged);
    }

    /** What is in this set and not in the other. */
    public SegmentRuns minus(SegmentRuns other) {
        List<Run> left = new ArrayList<>();
        int next = 0;
        for (Run run : runs) {
            long from = run.first;
            while (next < other.runs.size() && other.runs.get(next).last < from) {
                next++;
            }
            int cut = next;
            while (cut < other.runs.size() && other.runs.get(cut).first <= run.last) {
                Run hole = other.runs.get(cut++);
                if (hole.first > from) {
                    left.add(new Run(from, hole.first - 1));
                }
                from = hole.last + 1;
            }
            if (from <= run.last) {
                left.add(new Run(from, run.last));
            }
        }
        return new SegmentRuns(left);
    }

    /** What is in both sets. */
    public SegmentRuns intersection(SegmentRuns other) {
        return minus(minus(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentRuns that && runs.equals(that.runs);
    }

    @Override
    public int hashCode() {
        return runs.hashCode();
    }

    @Override
    public String toString() {
        return runs.toString();
    }
}
