package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The timelines that recovery goes through, in order, each with its part of the log. Every position
 * belongs to exactly one of them.
 */
public record TimelinePath(List<Span> spans) {
    /**
     * One timeline's part.
     *
     * @param from its first position
     * @param until the first position of the next timeline; empty on the last one
     */
    public record Span(TimelineId timeline, Lsn from, Optional<Lsn> until) {
        boolean holds(Lsn lsn) {
            return !lsn.isBefore(from) && (until.isEmpty() || lsn.isBefore(until.get()));
        }
    }

    public TimelinePath {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one timeline");
        }
    }

    /** The timeline it leads to. */
    public TimelineId target() {
        return spans.getLast().timeline;
    }

    /** The timeline that the byte at this position belongs to. */
    public TimelineId at(Lsn lsn) {
        for (Span span : spans) {
            if (span.holds(lsn)) {
                return span.timeline;
            }
        }
        return target();
    }

    /**
     * Whether a backup that ended at {@code stop} on {@code timeline} can be followed along this
     * path: the timeline is on it and was not left before that position.
     *
     * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, "requested timeline %u is not a
     * child of this server's history", "does not contain minimum recovery point".
     */
    public boolean canStartAt(TimelineId timeline, Lsn stop) {
        for (Span span : spans) {
            if (span.timeline.equals(timeline)) {
                return !stop.isBefore(span.from)
                        && (span.until.isEmpty() || !stop.isAfter(span.until.get()));
            }
        }
        return false;
    }

    /**
     * The files that may serve this stretch of the log, in the order in which the server asks for
     * them: the newest timeline first among those that began in or before it. The file of the
     * timeline that a switch led to repeats what went before the switch.
     *
     * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, XLogFileReadAnyTLI.
     */
    public List<WalSegment> candidates(long number, int sizeBytes) {
        var candidates = new ArrayList<WalSegment>();
        for (Span span : spans.reversed()) {
            if (WalSegment.containing(span.from, span.timeline, sizeBytes).number() <= number) {
                candidates.add(new WalSegment(span.timeline, number, sizeBytes));
            }
        }
        return candidates;
    }
}
