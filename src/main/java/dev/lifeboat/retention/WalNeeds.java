package dev.lifeboat.retention;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.windows.BasePoint;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which bases, and which WAL, the promises need. Of each way through the timelines the newest good
 * base is needed that ends before the promise begins and whose WAL leads into it, with every base
 * that ends later; and all WAL from the first of them on.
 */
final class WalNeeds {
    private static final long NOTHING = -1;

    /** A base is begun by the clock of its host, WAL is stored by that of the service. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private final TimelineTree timelines;
    private final WalHoldings holdings;
    private final WalLedger ledger;
    private final List<Base> bases;
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private boolean promiseIsLedInto;

    /** A good base, with the times its server told. */
    record Base(BasePoint point, Instant begun, Instant ended) {}

    /** WAL from a segment number on, to one for each timeline, and one for those not named. */
    private record Stretch(long from, Map<TimelineId, Long> to, long otherwise) {
        boolean holds(WalSegment segment) {
            return segment.number() >= from
                    && segment.number() <= to.getOrDefault(segment.timeline(), otherwise);
        }
    }

    WalNeeds(TimelineTree timelines, WalHoldings holdings, WalLedger ledger, List<Base> bases) {
        this.timelines = timelines;
        this.holdings = holdings;
        this.ledger = ledger;
        this.bases =
                bases.stream()
                        .sorted(Comparator.comparing(Base::ended).thenComparing(b -> b.point.id()))
                        .toList();
    }

    /**
     * Every moment from {@code since} on stays recoverable. The base before those that this needs
     * stays too, and so does the newest one.
     *
     * @return the first position that is promised; empty when there is no WAL
     */
    Optional<Lsn> promiseSince(Instant since) throws RecoveryException {
        OptionalLong first = ledger.firstSince(since, timelines);
        List<Base> needed = new ArrayList<>();
        if (first.isPresent()) {
            Lsn from = start(first.getAsLong());
            needed.addAll(needed(from, null));
            promiseIsLedInto = needed.stream().anyMatch(base -> !base.point.stop().isAfter(from));
        }
        if (!bases.isEmpty()) {
            needed.add(bases.getLast());
        }
        needed.forEach(
                base -> reasons.putIfAbsent(base.point.id(), "needed from " + since + " on"));
        oneMore(needed)
                .ifPresent(
                        base -> {
                            reasons.put(base.point.id(), "one more than is needed");
                            needed.add(base);
                        });
        keepWal(needed, Map.of());
        return first.isPresent() ? Optional.of(start(first.getAsLong())) : Optional.empty();
    }

    /** Every moment of the period stays recoverable. */
    void promise(Hold.Period period, String why) throws RecoveryException {
        OptionalLong first = ledger.firstSince(period.from(), timelines);
        if (first.isEmpty()) {
            return;
        }
        List<Base> needed = needed(start(first.getAsLong()), period.to());
        needed.forEach(base -> reasons.putIfAbsent(base.point.id(), why));
        keepWal(needed, lastOf(period.to()));
    }

    /** A base stays, and what makes it consistent. */
    void keep(BasePoint base, String why) {
        reasons.putIfAbsent(base.id(), why);
        Map<TimelineId, Long> own = Map.of(base.timeline(), number(base.stop()));
        stretches.add(new Stretch(number(base.start()), own, NOTHING));
    }

    /**
     * What bases need that stay though nothing can be promised of them, because they are of another
     * cluster or their manifest cannot be believed here. While no base of {@code bases} leads into
     * the promise, what is recovered of its first moments is recovered from them, by whoever has
     * their key or their cluster's settings.
     *
     * @param since when the promise begins
     */
    void keepBeside(List<CatalogEntry> others, Instant since) {
        for (CatalogEntry other : others) {
            other.facts().base().ifPresent(base -> keepConsistent(base.startLsn(), base.stopLsn()));
        }
        if (!promiseIsLedInto) {
            lastBegun(others, since)
                    .map(begun -> ledger.firstSince(begun.minus(CLOCKS_APART), timelines))
                    .ifPresent(first -> first.ifPresent(this::keepAllFrom));
        }
    }

    /** Whether a good base leads into the promise, so that all of it can be recovered. */
    boolean isPromiseLedInto() {
        return promiseIsLedInto;
    }

    /** When the newest was begun that was begun before the moment, else the oldest. */
    private static Optional<Instant> lastBegun(List<CatalogEntry> entries, Instant before) {
        List<Instant> begun =
                entries.stream().map(entry -> entry.facts().startedAt()).sorted().toList();
        return begun.stream()
                .filter(start -> start.isBefore(before))
                .reduce((_, newest) -> newest)
                .or(() -> begun.stream().findFirst());
    }

    private void keepAllFrom(long number) {
        stretches.add(new Stretch(number, Map.of(), Long.MAX_VALUE));
    }

    private void keepConsistent(Lsn start, Lsn stop) {
        stretches.add(new Stretch(number(start), Map.of(), number(stop)));
    }

    /** Why the base is needed; empty when it is not. */
    Optional<String> reason(String baseId) {
        return Optional.ofNullable(reasons.get(baseId));
    }

    /** Whether some promise needs it; also when its timeline cannot be followed. */
    boolean needs(WalSegment segment) {
        return stretches.isEmpty()
                || timelines.withoutHistory().contains(segment.timeline())
                || stretches.stream().anyMatch(stretch -> stretch.holds(segment));
    }

    private List<Base> needed(Lsn from, Instant begunBefore) throws RecoveryException {
        List<Base> needed = new ArrayList<>();
        for (TimelineId timeline : timelines.timelines()) {
            TimelinePath path = timelines.pathTo(timeline);
            Base before = null;
            for (Base base : bases) {
                if (!path.canStartAt(base.point.timeline(), base.point.stop())) {
                    continue;
                }
                if (base.point.stop().isAfter(from)) {
                    if (begunBefore == null || !base.begun.isAfter(begunBefore)) {
                        needed.add(base);
                    }
                } else if (leadsTo(path, base, from) && isBehind(base, before)) {
                    before = base;
                }
            }
            if (before != null) {
                needed.add(before);
            }
        }
        return needed;
    }

    private boolean leadsTo(TimelinePath path, Base base, Lsn position) {
        WalChain chain = WalChain.along(path, base.point.start(), holdings);
        return chain.reaches(base.point.stop()) && chain.end(base.point.start()).isAfter(position);
    }

    private static boolean isBehind(Base base, Base other) {
        return other == null || !base.point.stop().isBefore(other.point.stop());
    }

    /** The newest base that ended before every one that is needed. */
    private Optional<Base> oneMore(List<Base> needed) {
        Optional<Instant> first = needed.stream().map(Base::ended).min(Comparator.naturalOrder());
        return first.flatMap(
                ended -> bases.stream().filter(b -> b.ended.isBefore(ended)).reduce((_, b) -> b));
    }

    private void keepWal(List<Base> needed, Map<TimelineId, Long> to) {
        needed.stream()
                .mapToLong(base -> number(base.point.start()))
                .min()
                .ifPresent(from -> stretches.add(new Stretch(from, to, Long.MAX_VALUE)));
    }

    /** Of each timeline the segment where the first base begins that was begun after the moment. */
    private Map<TimelineId, Long> lastOf(Instant moment) {
        Map<TimelineId, Long> last = new LinkedHashMap<>();
        for (Base base : bases) {
            if (base.begun.isAfter(moment)) {
                last.merge(base.point.timeline(), number(base.point.stop()), Math::min);
            }
        }
        return last;
    }

    private long number(Lsn position) {
        return WalSegment.containing(position, TimelineId.FIRST, holdings.segmentBytes()).number();
    }

    private Lsn start(long number) {
        return new WalSegment(TimelineId.FIRST, number, holdings.segmentBytes()).start();
    }
}
