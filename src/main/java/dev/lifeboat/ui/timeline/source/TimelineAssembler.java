package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.Answers;
import dev.lifeboat.ui.timeline.CommitReader;
import dev.lifeboat.ui.timeline.DamageFinder;
import dev.lifeboat.ui.timeline.NearCommit;
import dev.lifeboat.ui.timeline.TargetSolver;
import dev.lifeboat.ui.timeline.TimelineSource;
import dev.lifeboat.ui.timeline.TouchReader;
import dev.lifeboat.ui.timeline.model.CommitTimes;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.ui.timeline.model.WalLane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Puts the timeline's picture together. */
public final class TimelineAssembler {
    private final Gathered found;
    private final Optional<LivePath> path;
    private final Optional<SegmentTimes> times;

    /**
     * Works out when each segment was written; about a second for a million of them.
     *
     * @throws RecoveryException when nothing tells how the newest timeline came to be
     */
    public TimelineAssembler(Gathered found) throws RecoveryException {
        this.found = found;
        this.path = LivePath.of(found);
        this.times =
                path.map(
                        way ->
                                SegmentTimes.of(
                                        way, found.inventory(), found.index(), firstBegin(found)));
    }

    /** When the log of the oldest base began: the path begins with its first segment. */
    private static Instant firstBegin(Gathered found) {
        return found.catalog().ofKind(BackupKind.BASE).stream()
                .filter(CatalogEntry::isUsable)
                .flatMap(entry -> entry.facts().base().stream())
                .map(BaseFacts::startTime)
                .min(Comparator.naturalOrder())
                .orElse(found.asOf());
    }

    /** Lends the archive for one piece of reading. */
    @FunctionalInterface
    interface WalAccess {
        List<NearCommit> read(CancelToken cancel, Reading reading) throws RecoveryException;
    }

    /** What is done with the archive while it is open. */
    @FunctionalInterface
    interface Reading {
        List<NearCommit> from(ArchivedCommits.Segments segments) throws RecoveryException;
    }

    /** Everything the screen works with. */
    TimelineSource.Loaded loaded(WalAccess access, TouchReader touches, DamageFinder finder) {
        TimelineData data = data();
        Optional<LivePath> way = path.filter(found -> !found.isEmpty());
        TargetSolver solver =
                way.filter(_ -> found.answers().isPresent())
                        .<TargetSolver>map(
                                live ->
                                        new ChainSolver(
                                                found,
                                                found.answers().orElseThrow(),
                                                data,
                                                live,
                                                new WalLanes(found, path, times)))
                        .orElse((_, _) -> Answers.none());
        CommitReader reader =
                way.<CommitReader>map(
                                live ->
                                        (time, each, cancel) ->
                                                access.read(
                                                        cancel,
                                                        segments ->
                                                                new ArchivedCommits(
                                                                                live, times(),
                                                                                held(), segments)
                                                                        .around(
                                                                                time, each,
                                                                                cancel)))
                        .orElse((_, _, _) -> List.of());
        return new TimelineSource.Loaded(data, commits(), solver, reader, touches, finder);
    }

    private SegmentRuns held() {
        var lanes = new WalLanes(found, path, times);
        return found.inventory().regions().stream()
                .map(region -> lanes.held(region.region()))
                .reduce(SegmentRuns.none(), SegmentRuns::union);
    }

    /** The picture. */
    public TimelineData data() {
        List<GapMark> gaps = both(way -> new GapMarks(found.recovery(), way, times()).make());
        List<Mark> marks = new ArrayList<>(new BackupMarks(found.catalog().entries()).make());
        marks.addAll(both(way -> facts(way).restorePoints()));
        List<WalLane> wal = new WalLanes(found, path, times).make();
        OptionalLong latest = latest();
        return new TimelineData(
                Micros.of(found.asOf()),
                limits(marks, wal, latest),
                marks,
                wal,
                both(way -> new Branches(found.recovery(), way, times()).make()),
                gaps,
                path.flatMap(way -> facts(way).commits()),
                VeilMaker.of(found.recovery().blanks()),
                latest,
                found.recovery().latestRecoverable().isPresent(),
                notices());
    }

    /** The commits that are known one by one. */
    public CommitTimes commits() {
        return path.map(way -> facts(way).times()).orElseGet(CommitTimes::none);
    }

    private SegmentTimes times() {
        return times.orElseThrow();
    }

    private IndexFacts facts(LivePath way) {
        return new IndexFacts(found.index(), way, times());
    }

    private <T> List<T> both(Function<LivePath, List<T>> maker) {
        return path.filter(way -> !way.isEmpty()).map(maker).orElse(List.of());
    }

    private OptionalLong latest() {
        if (found.recovery().latestRecoverable().isPresent()) {
            return OptionalLong.of(Micros.of(found.recovery().latestRecoverable().get()));
        }
        return found.recovery().live().stream()
                .flatMap(window -> window.to().stream())
                .mapToLong(Micros::of)
                .max();
    }

    /** From the first thing to the last, now included: the age of the end is to be seen. */
    private Span limits(List<Mark> marks, List<WalLane> wal, OptionalLong latest) {
        long now = Micros.of(found.asOf());
        LongStream begins =
                LongStream.concat(
                        marks.stream().mapToLong(Mark::at),
                        wal.stream()
                                .filter(lane -> !lane.coverage().isEmpty())
                                .mapToLong(lane -> lane.coverage().span().from()));
        long first = begins.min().orElse(now - Micros.DAY);
        long last = Math.max(now, latest.orElse(now));
        return new Span(Math.min(first, last - Micros.MINUTE), last);
    }

    /** Of the bases that no key known here opens; the newest one tells which key it wants. */
    private Optional<String> shut() {
        List<CatalogEntry> bases =
                found.catalog().ofKind(BackupKind.BASE).stream()
                        .filter(CatalogEntry::isUsable)
                        .toList();
        List<Problem> shut =
                bases.stream()
                        .flatMap(base -> base.problem().stream())
                        .filter(problem -> problem.code() == ProblemCode.KEY_WRONG)
                        .toList();
        return shut.stream()
                .findFirst()
                .map(
                        newest ->
                                Messages.count(
                                        "timeline.shut",
                                        shut.size(),
                                        bases.size(),
                                        newest.why(),
                                        newest.remedy()));
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        shut().ifPresent(notices::add);
        found.recovery().unreachable().values().stream().map(Problem::what).forEach(notices::add);
        found.catalog().unreachable().values().stream()
                .map(Problem::what)
                .filter(what -> !notices.contains(what))
                .forEach(notices::add);
        notices.addAll(found.recovery().notes());
        return notices;
    }
}
