package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.catalog.windows.TargetAnswer;
import dev.lifeboat.catalog.windows.TargetAnswers;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.restore.estimate.Estimate;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.Answers;
import dev.lifeboat.ui.timeline.TargetSolver;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.archive.RegionInventory;
import dev.lifeboat.wal.index.IndexedCommit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The engine's answers on a target, in words. Answers from memory, without any request. */
final class ChainSolver implements TargetSolver {
    private static final int MOST_NAMED = 3;

    private final Gathered found;
    private final TargetAnswers answers;
    private final TimelineData data;
    private final LivePath path;
    private final List<Held> held;

    private record Held(Region.Role role, SegmentRuns runs) {}

    ChainSolver(
            Gathered found,
            TargetAnswers answers,
            TimelineData data,
            LivePath path,
            WalLanes lanes) {
        this.found = found;
        this.answers = answers;
        this.data = data;
        this.path = path;
        this.held =
                found.inventory().regions().stream()
                        .map(RegionInventory::region)
                        .map(role -> new Held(role, lanes.held(role)))
                        .toList();
    }

    @Override
    public Answers answer(Target target, CancelToken cancel) {
        return switch (ask(target)) {
            case TargetAnswer.Reachable reachable ->
                    new Answers(
                            get(target, reachable),
                            lose(target, reachable),
                            chain(reachable),
                            estimate(reachable.work()));
            case TargetAnswer.Unreachable unreachable ->
                    new Answers(
                            Messages.text("timeline.get.nothing", unreachable.because()),
                            "",
                            "",
                            "");
        };
    }

    /** The range, and what it rests on: an assumption is said to be one. */
    private String estimate(TargetAnswer.Work work) {
        if (work.basePlainBytes() == 0) {
            return Messages.text("timeline.estimate.unknown");
        }
        Estimate estimate = found.estimator().of(work.basePlainBytes(), work.walPlainBytes());
        return TimeSpan.told(estimate.low())
                + " – "
                + TimeSpan.told(estimate.high())
                + "; "
                + estimate.basis();
    }

    /** A restore point is asked for by its time: where it lies is read by the plan. */
    private TargetAnswer ask(Target target) {
        RecoveryTarget wanted = target.recovery();
        Optional<TimelineId> timeline = wanted.timeline().map(TimelineId::new);
        Instant at = Micros.instant(target.at());
        return switch (wanted.kind()) {
            case LATEST -> answers.latest(timeline);
            case LSN -> answers.at(Lsn.parse(wanted.value()), wanted.inclusive(), timeline);
            case TIME -> answers.at(Instant.parse(wanted.value()), wanted.inclusive(), timeline);
            case NAME, XID, IMMEDIATE -> answers.at(at, wanted.inclusive(), timeline);
        };
    }

    private static String get(Target target, TargetAnswer.Reachable answer) {
        String all = Messages.text("timeline.get.on", what(target), answer.timelines().getLast());
        String last = answer.exact() ? "timeline.get.last" : "timeline.get.lastKnown";
        return answer.lastIncluded().map(commit -> words(last, all, commit)).orElse(all);
    }

    private static String words(String key, String all, IndexedCommit commit) {
        return Messages.text(
                key,
                all,
                Integer.toUnsignedString(commit.xid()),
                TimeAxis.utc(Micros.of(commit.time())).substring(11));
    }

    private static String what(Target target) {
        RecoveryTarget wanted = target.recovery();
        return switch (wanted.kind()) {
            case LATEST -> Messages.text("timeline.get.latest");
            case NAME -> Messages.text("timeline.get.point", wanted.value());
            case LSN ->
                    Messages.text(
                            wanted.inclusive() ? "timeline.get.withLsn" : "timeline.get.beforeLsn",
                            wanted.value());
            case XID ->
                    Messages.text(
                            wanted.inclusive() ? "timeline.get.withXid" : "timeline.get.beforeXid",
                            wanted.value());
            case TIME, IMMEDIATE -> Messages.text("timeline.get.time", TimeAxis.utc(target.at()));
        };
    }

    private String lose(Target target, TargetAnswer.Reachable answer) {
        long latest = data.latest().orElse(target.at());
        boolean all = target.recovery().kind() == TargetKind.LATEST;
        if (all || (answer.lost().most() == 0 && answer.unread() == 0)) {
            return Messages.text("timeline.lose.nothing");
        }
        String about = data.exact() ? "" : "≈ ";
        String minutes =
                latest > target.at() ? about + Micros.length(latest - target.at()) + ", " : "";
        return minutes + commits(answer) + named(target.at(), latest);
    }

    /** A number is told only where every segment behind the target was read. */
    private static String commits(TargetAnswer.Reachable answer) {
        if (answer.unread() > 0) {
            return Messages.count("timeline.lose.unread", answer.unread());
        }
        TargetAnswer.Count lost = answer.lost();
        String count =
                lost.isExact()
                        ? number(lost.most())
                        : number(lost.least()) + "–" + number(lost.most());
        return Messages.text(
                lost.most() == 1 ? "timeline.lose.commit" : "timeline.lose.commits", count);
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
    }

    /** What people named and would be gone too. */
    private String named(long from, long latest) {
        List<String> names =
                data.marks().stream()
                        .filter(
                                mark ->
                                        mark.kind() == Mark.Kind.RESTORE_POINT
                                                || mark.kind() == Mark.Kind.EXTERNAL)
                        .filter(mark -> mark.at() > from && mark.at() <= latest)
                        .map(Mark::label)
                        .toList();
        if (names.isEmpty()) {
            return "";
        }
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMED;
        return Messages.text(
                "timeline.lose.named",
                more > 0 ? Messages.text("timeline.andMore", first, more) : first);
    }

    private String chain(TargetAnswer.Reachable answer) {
        TargetAnswer.Work work = answer.work();
        boolean allKnown = answer.unread() == 0;
        String wal =
                allKnown
                        ? ByteSize.format(work.walStoredBytes())
                        : Messages.text(
                                "timeline.chain.atMost", ByteSize.format(work.walPlainBytes()));
        String made =
                Messages.count(
                        "timeline.chain.made",
                        work.segments(),
                        answer.base(),
                        ByteSize.format(work.baseStoredBytes()),
                        wal,
                        served(answer));
        return isShut(answer) ? Messages.text("timeline.chain.shut", made) : made;
    }

    private boolean isShut(TargetAnswer.Reachable answer) {
        return base(answer)
                .flatMap(CatalogEntry::problem)
                .filter(problem -> problem.code() == ProblemCode.KEY_WRONG)
                .isPresent();
    }

    private Optional<CatalogEntry> base(TargetAnswer.Reachable answer) {
        return found.catalog().entries().stream()
                .filter(entry -> entry.id().equals(answer.base()))
                .findFirst();
    }

    /** Which region can serve all of the WAL; who lacks some is told to. */
    private String served(TargetAnswer.Reachable answer) {
        SegmentRuns needed = needed(answer);
        List<String> parts = new ArrayList<>();
        for (Held region : held) {
            long lacks = needed.minus(region.runs).count();
            parts.add(
                    lacks == 0
                            ? Messages.text("timeline.chain.hasAll", name(region.role))
                            : Messages.text(
                                    "timeline.chain.lacks", name(region.role), number(lacks)));
        }
        found.inventory()
                .unlisted()
                .keySet()
                .forEach(role -> parts.add(Messages.text("timeline.chain.notAsked", name(role))));
        return String.join(", ", parts);
    }

    private SegmentRuns needed(TargetAnswer.Reachable answer) {
        long first =
                base(answer)
                        .flatMap(entry -> entry.facts().base())
                        .map(facts -> path.number(facts.startLsn()))
                        .orElse(path.first());
        return SegmentRuns.range(first, first + answer.work().segments() - 1);
    }

    private static String name(Region.Role role) {
        return Messages.text(
                role == Region.Role.DR ? "timeline.region.dr" : "timeline.region.primary");
    }
}
