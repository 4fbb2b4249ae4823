package dev.lifeboat.retention;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.BasePoint;
import dev.lifeboat.catalog.windows.RecoveryMap;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.catalog.windows.Window;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The promises of point-in-time recovery, what they keep, and the proof that a plan keeps them. */
final class BasePromises {
    private final Judge judge;
    private final TimelineTree timelines;
    private final WalLedger ledger;
    private final WalHoldings holdings;
    private final List<CatalogEntry> bases;
    private final WalNeeds needs;
    private final Optional<Lsn> promised;
    private final Instant oldest;
    private final Instant walSince;
    private Map<TimelineId, SegmentRuns> going;

    BasePromises(
            Judge judge,
            TimelineTree timelines,
            WalLedger ledger,
            RetentionRules rules,
            Instant now)
            throws RecoveryException {
        this.judge = judge;
        this.timelines = timelines;
        this.ledger = ledger;
        this.holdings = ledger.holdings();
        this.bases = judge.goodBases();
        this.walSince = rules.walSince(now);
        this.needs =
                new WalNeeds(
                        timelines,
                        holdings,
                        ledger,
                        bases.stream().map(BasePromises::base).toList());
        this.promised = needs.promiseSince(rules.promisedSince(now));
        keepBeside(rules.promisedSince(now));
        this.oldest = oldestNeeded();
    }

    /** Of those to mend each for itself: which one turns out to be whole is not known. */
    private void keepBeside(Instant since) {
        needs.keepBeside(judge.otherBases(), since);
        if (!needs.isPromiseLedInto()) {
            judge.basesToMend().forEach(base -> needs.keepBeside(List.of(base), since));
        }
    }

    private Instant oldestNeeded() {
        return bases.stream()
                .filter(base -> needs.reason(base.id()).isPresent())
                .map(base -> base.facts().startedAt())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** What holds keep: periods with all that leads to them, bases with what makes them whole. */
    void hold(List<Hold> holds) throws RecoveryException {
        for (Hold hold : holds) {
            if (hold.period().isPresent()) {
                needs.promise(hold.period().get(), "the hold " + hold.id() + " needs it");
            }
        }
        for (CatalogEntry base : bases) {
            Optional<String> alone =
                    judge.hold(base)
                            .map(hold -> "the hold " + hold.id() + " covers it")
                            .or(() -> judge.lastOne(base));
            alone.ifPresent(why -> needs.keep(point(base), why));
        }
    }

    Verdict verdict(CatalogEntry entry) {
        return judge.of(entry, needs, oldest);
    }

    int segmentBytes() {
        return ledger.segmentBytes();
    }

    /** The segments that nothing needs any more. */
    Map<TimelineId, SegmentRuns> goingWal() {
        if (going == null) {
            going = bases.isEmpty() ? Map.of() : ledger.going(needs, walSince);
        }
        return going;
    }

    /**
     * Solves the windows anew over what stays.
     *
     * @throws RecoveryException RETENTION_STOPPED when a promised position could be recovered
     *     before and could not afterwards
     */
    void requireKept(List<Verdict> verdicts) throws RecoveryException {
        if (promised.isEmpty()) {
            return;
        }
        List<Window> before = map(bases, holdings).windows();
        List<Window> after = mapAfter(verdicts).windows();
        for (Window window : before) {
            Lsn from = window.from().isBefore(promised.get()) ? promised.get() : window.from();
            boolean lost =
                    !window.to().isBefore(from)
                            && after.stream().noneMatch(other -> covers(other, window, from));
            if (lost) {
                throw new RecoveryException(
                        ProblemCode.RETENTION_STOPPED,
                        "The plan would break a promise, so nothing is removed.",
                        "Timeline "
                                + window.timeline()
                                + " can be recovered from "
                                + from
                                + " to "
                                + window.to()
                                + " now, and could not be afterwards.",
                        "This is a fault of Lifeboat: report it with the output of `lifeboat"
                                + " timeline --json`.");
            }
        }
    }

    private static boolean covers(Window other, Window window, Lsn from) {
        return other.timeline().equals(window.timeline())
                && other.abandoned() == window.abandoned()
                && !other.from().isAfter(from)
                && !other.to().isBefore(window.to());
    }

    /** The window of every moment once the plan was carried out. */
    RetentionPlan.Window windowAfter(RecoveryTimeline before, List<Verdict> verdicts)
            throws RecoveryException {
        Optional<Instant> from =
                mapAfter(verdicts).windows().stream()
                        .filter(window -> !window.abandoned())
                        .map(window -> begin(window, before))
                        .min(Comparator.naturalOrder());
        return from.isEmpty()
                ? RetentionPlan.Window.NONE
                : new RetentionPlan.Window(from, window(before).to());
    }

    /** The window of every moment as it is. */
    static RetentionPlan.Window window(RecoveryTimeline timeline) {
        return new RetentionPlan.Window(
                timeline.live().stream()
                        .map(RecoveryTimeline.TimedWindow::from)
                        .min(Comparator.naturalOrder()),
                timeline.latestRecoverable()
                        .or(
                                () ->
                                        timeline.live().stream()
                                                .flatMap(timed -> timed.to().stream())
                                                .max(Comparator.naturalOrder())));
    }

    private Instant begin(Window window, RecoveryTimeline before) {
        for (RecoveryTimeline.TimedWindow timed : before.windows()) {
            boolean same =
                    timed.window().timeline().equals(window.timeline())
                            && timed.window().from().equals(window.from());
            if (same) {
                return timed.from();
            }
        }
        return bases.stream()
                .filter(base -> base.id().equals(window.bases().getFirst()))
                .map(base -> facts(base).stopTime())
                .findFirst()
                .orElseThrow();
    }

    private RecoveryMap mapAfter(List<Verdict> verdicts) throws RecoveryException {
        Set<String> staying = new HashSet<>();
        verdicts.stream()
                .filter(Verdict::stays)
                .forEach(verdict -> staying.add(verdict.entry().key()));
        List<CatalogEntry> kept =
                bases.stream().filter(base -> staying.contains(base.key())).toList();
        return map(kept, holdingsAfter());
    }

    private WalHoldings holdingsAfter() {
        Map<Region.Role, Map<TimelineId, SegmentRuns>> left = new EnumMap<>(Region.Role.class);
        holdings.byRegion()
                .forEach(
                        (role, runs) -> {
                            Map<TimelineId, SegmentRuns> rest = new HashMap<>(runs);
                            goingWal()
                                    .forEach(
                                            (id, gone) ->
                                                    rest.computeIfPresent(
                                                            id, (_, r) -> r.minus(gone)));
                            left.put(role, rest);
                        });
        return new WalHoldings(holdings.segmentBytes(), left, holdings.unknown());
    }

    private RecoveryMap map(List<CatalogEntry> some, WalHoldings wal) throws RecoveryException {
        return RecoveryMap.of(some.stream().map(BasePromises::point).toList(), wal, timelines);
    }

    private static WalNeeds.Base base(CatalogEntry entry) {
        BaseFacts facts = facts(entry);
        return new WalNeeds.Base(point(entry), facts.startTime(), facts.stopTime());
    }

    private static BasePoint point(CatalogEntry entry) {
        BaseFacts facts = facts(entry);
        return new BasePoint(
                entry.id(),
                new TimelineId(Integer.toUnsignedLong(facts.timeline())),
                facts.startLsn(),
                facts.stopLsn());
    }

    private static BaseFacts facts(CatalogEntry base) {
        return base.facts().base().orElseThrow();
    }
}
