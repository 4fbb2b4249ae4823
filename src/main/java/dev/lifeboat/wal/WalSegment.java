package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.Locale;
import java.util.Optional;

/**
 * One segment file: {@code sizeBytes} of the log of one timeline, from {@link #start()} up to and
 * without {@link #end()}. Ordered by timeline, then by number.
 *
 * <p>Source: {@code src/include/access/xlog_internal.h}, XLogFileName, XLByteToSeg,
 * XLogSegNoOffsetToRecPtr, IsValidWalSegSize.
 *
 * @param number the count of segments of this size before it in the log
 * @param sizeBytes a power of two from 1 MiB to 1 GiB, the same throughout a cluster
 */
public record WalSegment(TimelineId timeline, long number, int sizeBytes)
        implements Comparable<WalSegment> {
    public static final int MIN_SIZE_BYTES = 1 << 20;
    public static final int MAX_SIZE_BYTES = 1 << 30;

    /** What {@code initdb} chooses; a cluster may have another, so never assume it. */
    public static final int DEFAULT_SIZE_BYTES = 16 << 20;

    public WalSegment {
        if (!isValidSize(sizeBytes)) {
            throw new IllegalArgumentException(
                    sizeBytes + " is no segment size: a power of two from 1 MiB to 1 GiB");
        }
        if (number < 0 || number > -1L >>> Integer.numberOfTrailingZeros(sizeBytes)) {
            throw new IllegalArgumentException(number + " is no segment number");
        }
    }

    public static boolean isValidSize(long sizeBytes) {
        return sizeBytes >= MIN_SIZE_BYTES
                && sizeBytes <= MAX_SIZE_BYTES
                && Long.bitCount(sizeBytes) == 1;
    }

    /** The segment that holds the byte at this position. */
    public static WalSegment containing(Lsn lsn, TimelineId timeline, int sizeBytes) {
        return new WalSegment(
                timeline, lsn.value() >>> Integer.numberOfTrailingZeros(sizeBytes), sizeBytes);
    }

    /**
     * The segment that ends at or holds the byte just before this position: what must be archived
     * for the log up to {@code end} to be there.
     */
    public static WalSegment endingAt(Lsn end, TimelineId timeline, int sizeBytes) {
        return containing(end.plus(-1), timeline, sizeBytes);
    }

    /**
     * Reads a file name of 24 digits; empty when it is none, or none of a cluster with this segment
     * size.
     */
    public static Optional<WalSegment> parse(String name, int sizeBytes) {
        return WalFileName.parse(name) instanceof WalFileName.Segment segment
                ? segment.segment(sizeBytes)
                : Optional.empty();
    }

    public Lsn start() {
        return new Lsn(number << Integer.numberOfTrailingZeros(sizeBytes));
    }

    /** The first position behind the segment. */
    public Lsn end() {
        return start().plus(sizeBytes);
    }

    public boolean contains(Lsn lsn) {
        return lsn.value() >>> Integer.numberOfTrailingZeros(sizeBytes) == number;
    }

    /** The following segment of the same timeline. */
    public WalSegment next() {
        return new WalSegment(timeline, number + 1, sizeBytes);
    }

    /**
     * The preceding segment of the same timeline; empty for number 0. A cluster's log starts at
     * number 1.
     */
    public Optional<WalSegment> previous() {
        return number == 0
                ? Optional.empty()
                : Optional.of(new WalSegment(timeline, number - 1, sizeBytes));
    }

    /** The same stretch of the log on another timeline. */
    public WalSegment on(TimelineId other) {
        return new WalSegment(other, number, sizeBytes);
    }

    /** What its file is called, in parts. */
    public WalFileName.Segment fileName() {
        int perHigh = 32 - Integer.numberOfTrailingZeros(sizeBytes);
        return new WalFileName.Segment(
                timeline, number >>> perHigh, number & ((1L << perHigh) - 1));
    }

    /** The file's name: {@code 000000010000000A000000FF}. */
    public String name() {
        int perHigh = 32 - Integer.numberOfTrailingZeros(sizeBytes);
        return String.format(
                Locale.ROOT,
                "%08X%08X%08X",
                timeline.value(),
                number >>> perHigh,
                number & ((1L << perHigh) - 1));
    }

    @Override
    public int compareTo(WalSegment other) {
        int byTimeline = timeline.compareTo(other.timeline);
        return byTimeline != 0 ? byTimeline : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return name();
    }
}
