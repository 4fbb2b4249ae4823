package dev.lifeboat.wal.index;

import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which entries a block holds: those of {@link #SEGMENTS} consecutive segment numbers of one
 * timeline.
 *
 * @param block the segments' numbers divided by {@link #SEGMENTS}
 */
public record BlockName(TimelineId timeline, long block) implements Comparable<BlockName> {
    /** A month of a server that fills one segment every ten seconds is four blocks. */
    public static final int SEGMENTS = 1 << 16;

    private static final Pattern TEXT = Pattern.compile("([0-9A-F]{8})-([0-9A-F]{12})\\.idx");

    /** The block that holds a segment's entry. */
    public static BlockName of(WalSegment segment) {
        return new BlockName(segment.timeline(), segment.number() / SEGMENTS);
    }

    /** Reads {@link #toString()}; empty when it is something else. */
    public static Optional<BlockName> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || Long.parseLong(parts.group(1), 16) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new BlockName(
                        new TimelineId(Long.parseLong(parts.group(1), 16)),
                        Long.parseLong(parts.group(2), 16)));
    }

    @Override
    public int compareTo(BlockName other) {
        int byTimeline = timeline.compareTo(other.timeline);
        return byTimeline != 0 ? byTimeline : Long.compare(block, other.block);
    }

    /**
     * Of the file and, with what was done to it, of the object: {@code 00000001-000000000000.idx}.
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s-%012X.idx", timeline.hex(), block);
    }
}
