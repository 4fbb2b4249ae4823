package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.ui.timeline.model.Branch;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The timelines with the times their windows and segments give them. */
final class Branches {
    private final RecoveryTimeline recovery;
    private final LivePath path;
    private final SegmentTimes times;

    Branches(RecoveryTimeline recovery, LivePath path, SegmentTimes times) {
        this.recovery = recovery;
        this.path = path;
        this.times = times;
    }

    List<Branch> make() {
        List<Branch> branches = new ArrayList<>();
        for (TimelineId timeline : recovery.timelines().timelines()) {
            branch(timeline).ifPresent(branches::add);
        }
        return branches;
    }

    private Optional<Branch> branch(TimelineId timeline) {
        Optional<TimelineHistory.Switch> fork =
                recovery.timelines().history(timeline).flatMap(TimelineHistory::parent);
        List<TimedWindow> windows =
                recovery.windows().stream()
                        .filter(window -> window.window().timeline().equals(timeline))
                        .toList();
        Optional<TimelinePath.Span> span =
                path.path().spans().stream()
                        .filter(one -> one.timeline().equals(timeline))
                        .findFirst();
        if (windows.isEmpty() && span.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong abandoned =
                windows.stream()
                        .filter(window -> window.window().abandoned())
                        .mapToLong(window -> Micros.of(window.from()))
                        .min();
        long from = from(fork, windows);
        long to = to(span, windows, from);
        OptionalLong parent =
                fork.map(one -> OptionalLong.of(one.timeline().value()))
                        .orElse(OptionalLong.empty());
        return Optional.of(new Branch(timeline.value(), parent, from, to, abandoned));
    }

    /** A fork is where the log left its parent; without one the path begins it. */
    private long from(Optional<TimelineHistory.Switch> fork, List<TimedWindow> windows) {
        Optional<Long> first =
                windows.stream()
                        .map(window -> Micros.of(window.from()))
                        .min(Comparator.naturalOrder());
        if (fork.isPresent() && path.number(fork.get().at()) >= path.first()) {
            return Math.min(times.at(fork.get().at()), first.orElse(Long.MAX_VALUE));
        }
        return Math.min(times.start(path.first()), first.orElse(Long.MAX_VALUE));
    }

    private long to(Optional<TimelinePath.Span> span, List<TimedWindow> windows, long from) {
        long last =
                windows.stream()
                        .flatMap(window -> window.to().stream())
                        .mapToLong(Micros::of)
                        .max()
                        .orElse(from);
        if (span.isPresent()) {
            long end = span.get().until().map(times::at).orElseGet(() -> times.end(path.last()));
            last = Math.max(last, end);
        }
        return Math.max(from, last);
    }
}
