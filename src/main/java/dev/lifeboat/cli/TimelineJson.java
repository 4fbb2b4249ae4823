package dev.lifeboat.cli;

import dev.lifeboat.catalog.windows.Blank;
import dev.lifeboat.catalog.windows.Gap;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.index.IndexedCommit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What {@code timeline --json} prints. */
record TimelineJson(
        List<Window> windows,
        List<Hole> gaps,
        List<Timeline> timelines,
        Optional<Instant> latestRecoverable,
        OptionalLong rpoSeconds,
        Map<String, Problem> unreachable,
        List<NotReachable> notReachable,
        List<String> notes) {
    /** A recovery window; {@code base} opens it, the others of {@code bases} lie in it. */
    record Window(
            Instant from,
            Optional<Instant> to,
            long timeline,
            String base,
            boolean exact,
            Lsn fromLsn,
            Lsn toLsn,
            List<String> bases,
            boolean abandoned,
            Optional<Commit> firstCommit,
            Optional<Commit> lastCommit) {}

    /** A transaction. */
    record Commit(long xid, Instant time, Lsn lsn) {
        static Commit of(IndexedCommit commit) {
            return new Commit(Integer.toUnsignedLong(commit.xid()), commit.time(), commit.lsn());
        }
    }

    /** A time that cannot be reached on the way to the newest timeline. */
    record NotReachable(
            Optional<Instant> from,
            Optional<Instant> to,
            String why,
            long timeline,
            String because) {
        static NotReachable of(Blank blank) {
            return new NotReachable(
                    blank.after(),
                    blank.until(),
                    blank.why().word(),
                    blank.timeline().value(),
                    blank.because());
        }
    }

    /** Consecutive segments that are missing. */
    record Hole(
            long timeline,
            String first,
            String last,
            long segments,
            List<Region.Role> missingIn,
            Optional<Region.Role> fillableFrom) {
        static Hole of(Gap gap) {
            return new Hole(
                    gap.first().timeline().value(),
                    gap.first().name(),
                    gap.last().name(),
                    gap.segments(),
                    List.copyOf(new TreeSet<>(gap.missingIn())),
                    gap.fillableFrom());
        }
    }

    /** A timeline and where it left its parent. */
    record Timeline(long id, OptionalLong parent, Optional<Lsn> forkedAt) {
        static Timeline of(TimelineHistory history) {
            return new Timeline(
                    history.timeline().value(),
                    history.parent()
                            .map(left -> OptionalLong.of(left.timeline().value()))
                            .orElse(OptionalLong.empty()),
                    history.parent().map(TimelineHistory.Switch::at));
        }
    }

    static TimelineJson of(RecoveryTimeline timeline, List<RecoveryTimeline.TimedWindow> windows) {
        return new TimelineJson(
                windows.stream().map(TimelineJson::window).toList(),
                timeline.gaps().stream().map(Hole::of).toList(),
                timeline.timelines().timelines().stream()
                        .map((TimelineId id) -> timeline.timelines().history(id).orElseThrow())
                        .map(Timeline::of)
                        .toList(),
                timeline.latestRecoverable(),
                timeline.dataLoss()
                        .map(Duration::toSeconds)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                Problems.byRegion(timeline.unreachable()),
                timeline.blanks().stream().map(NotReachable::of).toList(),
                timeline.notes());
    }

    private static Window window(RecoveryTimeline.TimedWindow timed) {
        return new Window(
                timed.from(),
                timed.to(),
                timed.window().timeline().value(),
                timed.window().bases().getFirst(),
                timed.exact(),
                timed.window().from(),
                timed.window().to(),
                timed.window().bases(),
                timed.window().abandoned(),
                timed.firstCommit().map(Commit::of),
                timed.lastCommit().map(Commit::of));
    }
}
