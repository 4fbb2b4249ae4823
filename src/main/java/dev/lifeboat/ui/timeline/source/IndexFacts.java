package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.CommitHistogram;
import dev.lifeboat.ui.timeline.model.CommitTimes;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.EndedSecond;
import dev.lifeboat.wal.index.IndexNote;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the index tells along the live path. Commits are counted over the newest stretch of segments
 * that are all known: a count over a hole would be an invention.
 */
final class IndexFacts {
    private final WalIndex index;
    private final LivePath path;
    private final SegmentTimes times;

    IndexFacts(WalIndex index, LivePath path, SegmentTimes times) {
        this.index = index;
        this.path = path;
        this.times = times;
    }

    /** Commits a second; empty when not even the newest segment is known. */
    Optional<CommitHistogram> commits() {
        List<SegmentEntry> known = newest();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, Long> perSecond = new TreeMap<>();
        for (SegmentEntry entry : known) {
            for (EndedSecond second : entry.seconds()) {
                perSecond.merge(second.epochSecond(), second.commits(), Long::sum);
            }
        }
        long[] seconds = perSecond.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] counts = perSecond.values().stream().mapToLong(Long::longValue).toArray();
        return Optional.of(CommitHistogram.of(seconds, counts, span(known)));
    }

    /** The last commit of each second, to the microsecond. */
    CommitTimes times() {
        List<SegmentEntry> known = newest();
        if (known.isEmpty()) {
            return CommitTimes.none();
        }
        long[] commits =
                known.stream()
                        .flatMap(entry -> entry.seconds().stream())
                        .flatMap(second -> second.lastCommit().stream())
                        .mapToLong(commit -> Micros.of(commit.time()))
                        .toArray();
        return CommitTimes.of(commits, span(known));
    }

    private Span span(List<SegmentEntry> known) {
        long from = times.start(known.getFirst().segment().number());
        return new Span(from, Math.max(from, times.end(known.getLast().segment().number()) + 1));
    }

    /** From the end of the path backwards, until one is not known. */
    private List<SegmentEntry> newest() {
        List<SegmentEntry> known = new ArrayList<>();
        for (WalRun run : path.owned().reversed()) {
            for (long number = run.last().number(); number >= run.first().number(); number--) {
                Optional<SegmentEntry> entry =
                        index.entry(
                                new WalSegment(
                                        run.first().timeline(), number, path.segmentBytes()));
                if (entry.isEmpty()) {
                    return known.reversed();
                }
                known.add(entry.get());
            }
        }
        return known.reversed();
    }

    /** Restore points by name. */
    List<Mark> restorePoints() {
        return path.owned().stream()
                .flatMap(run -> index.noted(run).stream())
                .flatMap(entry -> entry.notes().stream())
                .flatMap(IndexFacts::restorePoint)
                .toList();
    }

    private static Stream<Mark> restorePoint(IndexNote note) {
        if (!(note instanceof IndexNote.Event event)
                || !(event.event() instanceof WalEvent.RestorePoint point)) {
            return Stream.empty();
        }
        long at = Micros.of(point.time());
        return Stream.of(
                new Mark(
                        Mark.Kind.RESTORE_POINT,
                        at,
                        at,
                        point.name(),
                        Messages.text("timeline.point.detail", point.name(), point.end()),
                        at,
                        Optional.of(
                                new RecoveryTarget(
                                        TargetKind.NAME, point.name(), true, Optional.empty()))));
    }
}
