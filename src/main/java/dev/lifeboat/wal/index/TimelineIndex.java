package dev.lifeboat.wal.index;

import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/**
 * The entries of one timeline, in about forty bytes each. Immutable; safe for many threads.
 * Segments are given by their numbers, both ends included.
 */
final class TimelineIndex {
    private final TimelineId timeline;
    private final List<IndexBlock> blocks;
    private final int[] firstOfBlock;
    private final int[] rows;
    private final long[] numbers;
    private final long[] commitsBefore;
    private final long[] storedBefore;
    private final MaxTree latest;

    private TimelineIndex(TimelineId timeline, Filling filling) {
        this.timeline = timeline;
        this.blocks = List.copyOf(filling.blocks);
        this.firstOfBlock = filling.firstOfBlock;
        this.rows = Arrays.copyOf(filling.rows, filling.size);
        this.numbers = Arrays.copyOf(filling.numbers, filling.size);
        this.commitsBefore = Arrays.copyOf(filling.commits, filling.size + 1);
        this.storedBefore = Arrays.copyOf(filling.stored, filling.size + 1);
        this.latest = new MaxTree(Arrays.copyOf(filling.latest, filling.size));
    }

    /** Which row of a block is believed. */
    interface Belief {
        /**
         * @param open whether the rest of its last record was not read
         */
        boolean of(WalSegment segment, long identity, boolean open);
    }

    /** Arrays while they are filled. */
    private static final class Filling {
        private final List<IndexBlock> blocks = new ArrayList<>();
        private final int[] firstOfBlock;
        private final int[] rows;
        private final long[] numbers;
        private final long[] commits;
        private final long[] stored;
        private final long[] latest;
        private int size;

        Filling(int blocks, int capacity) {
            firstOfBlock = new int[blocks];
            rows = new int[capacity];
            numbers = new long[capacity];
            commits = new long[capacity + 1];
            stored = new long[capacity + 1];
            latest = new long[capacity];
        }

        void add(IndexBlock block, TimelineId timeline, Belief belief) {
            firstOfBlock[blocks.size()] = size;
            blocks.add(block);
            for (int i = 0; i < block.count(); i++) {
                long number = block.number(i);
                var segment = new WalSegment(timeline, number, block.segmentBytes());
                if (belief.of(segment, block.identity(i), block.isOpen(i))) {
                    rows[size] = i;
                    numbers[size] = number;
                    latest[size] = block.latest(i);
                    commits[size + 1] = commits[size] + block.commits(i);
                    stored[size + 1] = stored[size] + block.storedBytes(i);
                    size++;
                }
            }
        }
    }

    /**
     * @param blocks of this timeline, ascending
     */
    static TimelineIndex of(TimelineId timeline, List<IndexBlock> blocks, Belief belief) {
        int capacity = blocks.stream().mapToInt(IndexBlock::count).sum();
        var filling = new Filling(blocks.size(), capacity);
        blocks.forEach(block -> filling.add(block, timeline, belief));
        return new TimelineIndex(timeline, filling);
    }

    TimelineId timeline() {
        return timeline;
    }

    int size() {
        return numbers.length;
    }

    Optional<SegmentEntry> entry(long number) {
        int index = Arrays.binarySearch(numbers, number);
        return index < 0 ? Optional.empty() : entryAt(index);
    }

    private Optional<SegmentEntry> entryAt(int index) {
        return blockOf(index).entry(rows[index]);
    }

    private IndexBlock blockOf(int index) {
        int block = Arrays.binarySearch(firstOfBlock, index);
        if (block < 0) {
            return blocks.get(-block - 2);
        }
        while (block + 1 < firstOfBlock.length && firstOfBlock[block + 1] == index) {
            block++; // blocks none of whose rows are believed begin at the same place
        }
        return blocks.get(block);
    }

    /** How many of these segments have an entry. */
    long count(long first, long last) {
        return (long) upTo(last) - from(first);
    }

    long commits(long first, long last) {
        return commitsBefore[upTo(last)] - commitsBefore[from(first)];
    }

    long storedBytes(long first, long last) {
        return storedBefore[upTo(last)] - storedBefore[from(first)];
    }

    /** The first segment in which a transaction ended behind this time, in microseconds. */
    OptionalLong firstBeyond(long first, long last, long micros) {
        int index = latest.firstAbove(from(first), micros);
        return index < 0 || numbers[index] > last
                ? OptionalLong.empty()
                : OptionalLong.of(numbers[index]);
    }

    OptionalLong firstWithCommits(long first, long last) {
        int from = from(first);
        int index = above(commitsBefore[from]) - 1;
        return index >= 0 && index < upTo(last) && index >= from
                ? OptionalLong.of(numbers[index])
                : OptionalLong.empty();
    }

    OptionalLong lastWithCommits(long first, long last) {
        int index = above(commitsBefore[upTo(last)] - 1) - 1;
        return index >= from(first) && commitsBefore[upTo(last)] > commitsBefore[from(first)]
                ? OptionalLong.of(numbers[index])
                : OptionalLong.empty();
    }

    /** The last segment in which a transaction committed or aborted. */
    OptionalLong lastWithEnds(long first, long last) {
        int from = from(first);
        for (int i = upTo(last) - 1; i >= from; i--) {
            if (latest.value(i) != Long.MIN_VALUE) {
                return OptionalLong.of(numbers[i]);
            }
        }
        return OptionalLong.empty();
    }

    /** The segments with notes. */
    List<SegmentEntry> noted(long first, long last) {
        return select(first, last, flags -> (flags & IndexRow.HAS_NOTES) != 0);
    }

    /** The segments that are not valid to their last byte. */
    List<SegmentEntry> damaged(long first, long last) {
        return select(first, last, flags -> (flags & IndexRow.WHOLE) == 0);
    }

    private List<SegmentEntry> select(long first, long last, IntPredicate flags) {
        List<SegmentEntry> found = new ArrayList<>();
        for (int i = from(first); i < upTo(last); i++) {
            if (flags.test(blockOf(i).flags(rows[i]))) {
                entryAt(i).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The first segments of these that have no entry, as runs; at most so many. */
    List<long[]> missing(long first, long last, int most) {
        List<long[]> runs = new ArrayList<>();
        long expected = first;
        for (int i = from(first); i < upTo(last) && runs.size() < most; i++) {
            if (numbers[i] > expected) {
                runs.add(new long[] {expected, numbers[i] - 1});
            }
            expected = numbers[i] + 1;
        }
        if (expected <= last && runs.size() < most) {
            runs.add(new long[] {expected, last});
        }
        return runs;
    }

    /** The first place whose sum of commits before it is above this one. */
    private int above(long commits) {
        int low = 0;
        int high = commitsBefore.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (commitsBefore[middle] > commits) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int from(long number) {
        int index = Arrays.binarySearch(numbers, number);
        return index < 0 ? -index - 1 : index;
    }

    private int upTo(long number) {
        return number == Long.MAX_VALUE ? numbers.length : from(number + 1);
    }
}
