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
    private WalReader reader;
    private boolean complete = true;
    private long segmentsRead;

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
     * Reads until there is no more, or until it is enough; asked after each segment. A segment that
     * is not needed is read all the same behind one that was read: it holds the rest of the last
     * record, and what transactions that are still open did.
     *
     * @throws CancelledException nothing else is thrown
     */
    void read(List<WalSegment> segments, WalVisitor visitor, Need need) throws CancelledException {
        int at = 0;
        while (at < segments.size() && !need.isEnough()) {
            if (need.isNeeded(at) || !need.mayPassOver()) {
                at = readFrom(at, segments, visitor, need);
            } else {
                need.passedOver(at);
                progress.add(segments.get(at).sizeBytes());
                at++;
            }
        }
    }

    /** Reads up to where something may be passed over. */
    private int readFrom(int first, List<WalSegment> segments, WalVisitor visitor, Need need)
            throws CancelledException {
        reader = null;
        int from = first;
        int more = 1;
        do {
            int to = Math.min(segments.size(), from + more);
            while (to < segments.size() && (need.isNeeded(to) || need.isNeeded(to - 1))) {
                to++;
            }
            boolean last = to == segments.size();
            if (!readAll(segments.subList(from, to), last, visitor, need)) {
                return segments.size();
            }
            from = to;
            more = Math.min(2 * more, 16);
        } while (from < segments.size() && !need.mayPassOver());
        return from;
    }

    /** False when it was enough before the end. */
    private boolean readAll(
            List<WalSegment> segments, boolean untilEnd, WalVisitor visitor, Need need)
            throws CancelledException {
        try (var feed = new SegmentFeed(archive, expected, segments, cancel)) {
            while (feed.hasNext()) {
                if (need.isEnough()) {
                    return false;
                }
                SegmentFeed.Next next = feed.next();
                reader = reader == null ? new WalReader(visitor, systemIdentifier) : reader;
                segmentsRead++;
                if (!read(next, untilEnd && !feed.hasNext())) {
                    reader = null;
                }
                progress.add(next.segment().sizeBytes());
            }
        }
        return true;
    }

    /** Whether the log goes on into the next segment. */
    private boolean read(SegmentFeed.Next next, boolean last) {
        switch (next.content()) {
            case Fetched.Found found -> {
                return read(next.segment(), found.content(), last);
            }
            case Fetched.Unknown unknown -> note(next.segment(), unknown.problem());
            case Fetched.Absent _ -> {
                complete = false;
                notes.add("Segment " + next.segment() + " went while the log was read.");
            }
        }
        return false;
    }

    private boolean read(WalSegment segment, byte[] content, boolean last) {
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

    /** Whether nothing that was needed could not be read so far. */
    boolean isComplete() {
        return complete;
    }

    /** How many segments were asked for. */
    long segmentsRead() {
        return segmentsRead;
    }

    List<String> notes() {
        return notes;
    }
}
