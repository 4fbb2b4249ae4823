package dev.lifeboat.catalog.find;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalEnd;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVisitor;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Reads segments in order. One that cannot be had, or is damaged, is passed over and noted: what
 * lies behind it is read all the same.
 */
final class StretchReader {
    private final WalArchive archive;
    private final WalExpectation expected;
    private final OptionalLong systemIdentifier;
    private final Progress progress;
    private final CancelToken cancel;
    private final List<String> notes = new ArrayList<>();
    private boolean complete = true;

    /**
     * @param systemIdentifier as PostgreSQL prints it
     * @param progress counts segments' plain bytes
     */
    StretchReader(
            WalArchive archive,
            String systemIdentifier,
            int segmentBytes,
            Progress progress,
            CancelToken cancel) {
        this.archive = archive;
        this.expected = WalExpectation.of(systemIdentifier, segmentBytes);
        this.systemIdentifier = OptionalLong.of(Long.parseUnsignedLong(systemIdentifier));
        this.progress = progress;
        this.cancel = cancel;
    }

    /**
     * Reads until there is no more, or until it is enough; asked after each segment.
     *
     * @throws CancelledException nothing else is thrown
     */
    void read(List<WalSegment> segments, WalVisitor visitor, BooleanSupplier enough)
            throws CancelledException {
        WalReader reader = null;
        try (var feed = new SegmentFeed(archive, expected, segments, cancel)) {
            while (feed.hasNext() && !enough.getAsBoolean()) {
                SegmentFeed.Next next = feed.next();
                boolean last = !feed.hasNext();
                reader = reader == null ? new WalReader(visitor, systemIdentifier) : reader;
                if (!read(reader, next, last)) {
                    reader = null;
                }
                progress.add(next.segment().sizeBytes());
            }
        }
    }

    /** Whether the log goes on into the next segment. */
    private boolean read(WalReader reader, SegmentFeed.Next next, boolean last) {
        switch (next.content()) {
            case Fetched.Found found -> {
                return read(reader, next.segment(), found.content(), last);
            }
            case Fetched.Unknown unknown -> note(next.segment(), unknown.problem());
            case Fetched.Absent _ -> {
                complete = false;
                notes.add("Segment " + next.segment() + " went while the log was read.");
            }
        }
        return false;
    }

    private boolean read(WalReader reader, WalSegment segment, byte[] content, boolean last) {
        try {
            WalEnd end = reader.read(segment, content);
            if (end.isComplete()) {
                return true;
            }
            if (!last || end.resumesAt().isPresent() || end.kind() == WalEnd.Kind.WRONG_SIZE) {
                note(segment, end.problem());
            }
        } catch (RecoveryException refused) {
            note(segment, refused.problem());
        }
        return false;
    }

    private void note(WalSegment segment, Problem problem) {
        complete = false;
        notes.add("Segment " + segment + " was not read whole: " + problem.what());
    }

    /** Whether nothing was passed over so far. */
    boolean isComplete() {
        return complete;
    }

    List<String> notes() {
        return notes;
    }
}
