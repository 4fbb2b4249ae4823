package dev.lifeboat.wal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name that PostgreSQL hands to {@code archive_command} or {@code restore_command} as {@code
 * %f} stands for. Only PostgreSQL's own spelling is taken (upper-case digits, nothing before or
 * behind); any other text is {@link Other}.
 *
 * <p>Source: {@code src/include/access/xlog_internal.h}, IsXLogFileName, IsPartialXLogFileName,
 * IsTLHistoryFileName, IsBackupHistoryFileName.
 */
public sealed interface WalFileName {
    /** The text as PostgreSQL writes it. */
    String name();

    /** A segment: {@code 000000010000000A000000FF}. */
    record Segment(TimelineId timeline, long high, long low) implements WalFileName {
        @Override
        public String name() {
            return segmentName(timeline, high, low);
        }

        /** The segment so named in a cluster of this segment size; empty when there can be none. */
        public Optional<WalSegment> segment(int sizeBytes) {
            return segmentOf(timeline, high, low, sizeBytes);
        }
    }

    /**
     * The unfinished last segment of a timeline that another one left behind: {@code
     * 000000010000000A000000FF.partial}. PostgreSQL archives it and never reads it by this name.
     */
    record Partial(TimelineId timeline, long high, long low) implements WalFileName {
        @Override
        public String name() {
            return segmentName(timeline, high, low) + ".partial";
        }

        /** The segment it is the beginning of; empty when this segment size has none so named. */
        public Optional<WalSegment> segment(int sizeBytes) {
            return segmentOf(timeline, high, low, sizeBytes);
        }
    }

    /** The switch points that lead to a timeline: {@code 0000000A.history}. */
    record History(TimelineId timeline) implements WalFileName {
        @Override
        public String name() {
            return timeline.hex() + ".history";
        }
    }

    /**
     * The note a finished backup leaves: {@code 000000010000000A000000FF.00000028.backup}.
     *
     * @param offset where in the segment the backup starts
     */
    record BackupHistory(TimelineId timeline, long high, long low, long offset)
            implements WalFileName {
        @Override
        public String name() {
            return segmentName(timeline, high, low)
                    + String.format(Locale.ROOT, ".%08X.backup", offset);
        }

        /** The first segment of that backup; empty when this segment size has none so named. */
        public Optional<WalSegment> segment(int sizeBytes) {
            return segmentOf(timeline, high, low, sizeBytes);
        }
    }

    /** Nothing that PostgreSQL archives. */
    record Other(String name) implements WalFileName {}

    /** Never fails: what is no name of PostgreSQL's is {@link Other}. */
    static WalFileName parse(String name) {
        Matcher parts = Names.PATTERN.matcher(name);
        if (!parts.matches()) {
            return new Other(name);
        }
        long timeline = Long.parseLong(parts.group(1), 16);
        if (timeline == 0) {
            return new Other(name);
        }
        var id = new TimelineId(timeline);
        if (parts.group(2) == null) {
            return new History(id);
        }
        long high = Long.parseLong(parts.group(2), 16);
        long low = Long.parseLong(parts.group(3), 16);
        if (parts.group(5) != null) {
            return new BackupHistory(id, high, low, Long.parseLong(parts.group(5), 16));
        }
        return parts.group(4) != null ? new Partial(id, high, low) : new Segment(id, high, low);
    }

    private static String segmentName(TimelineId timeline, long high, long low) {
        return String.format(Locale.ROOT, "%s%08X%08X", timeline.hex(), high, low);
    }

    private static Optional<WalSegment> segmentOf(
            TimelineId timeline, long high, long low, int sizeBytes) {
        int perHigh = 32 - Integer.numberOfTrailingZeros(sizeBytes);
        return low >>> perHigh != 0
                ? Optional.empty()
                : Optional.of(new WalSegment(timeline, high << perHigh | low, sizeBytes));
    }
}

/** Holds the pattern, which an interface could only show to everybody. */
final class Names {
    static final Pattern PATTERN =
            Pattern.compile(
                    "([0-9A-F]{8})(?:\\.history|([0-9A-F]{8})([0-9A-F]{8})"
                            + "(?:(\\.partial)|\\.([0-9A-F]{8})\\.backup)?)");

    private Names() {}
}
