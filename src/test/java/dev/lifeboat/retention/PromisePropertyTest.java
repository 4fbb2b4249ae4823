package dev.lifeboat.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.windows.BasePoint;
import dev.lifeboat.catalog.windows.RecoveryMap;
import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.catalog.windows.Window;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Random histories of one cluster: WAL that is archived late or lost, bases, promotions from
 * earlier positions, a hold; cleaned up again and again. What was recoverable before a cleanup and
 * is promised must be recoverable afterwards. The test knows when each position was written; the
 * code under test does not.
 */
class PromisePropertyTest {
    private static final int SEGMENT = WalSegment.MIN_SIZE_BYTES;
    private static final RetentionRules RULES = RetentionRules.runbook(30, 7);

    /** A position and when it was the newest. */
    private record Moment(Instant time, TimelineId timeline, Lsn position) {}

    private static final class History {
        final Random random;
        final List<Moment> moments = new ArrayList<>();
        final Map<TimelineId, Map<Long, Instant>> stored = new TreeMap<>();
        final Map<TimelineId, TimelineHistory> histories = new HashMap<>();
        final List<WalNeeds.Base> bases = new ArrayList<>();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        TimelineId timeline = TimelineId.FIRST;
        Lsn position = new Lsn(5L * SEGMENT + 40);
        int cleanups;
        int removed;

        History(long seed) {
            random = new Random(seed);
            histories.put(timeline, TimelineHistory.root(timeline));
            write();
        }

        void write() {
            for (int i = 0; i <= random.nextInt(4); i++) {
                now = now.plus(Duration.ofHours(1 + random.nextInt(9)));
                long number = segmentOf(position);
                Instant late = now.plus(Duration.ofHours(random.nextInt(3)));
                if (random.nextInt(25) > 0) {
                    stored.computeIfAbsent(timeline, _ -> new TreeMap<>()).put(number, late);
                }
                moments.add(new Moment(now, timeline, position));
                position = new Lsn((number + 1) * SEGMENT + random.nextInt(SEGMENT / 2));
            }
        }

        void base() {
            Instant begun = now;
            Lsn start = position;
            write();
            bases.add(
                    new WalNeeds.Base(
                            new BasePoint("b" + moments.size(), timeline, start, position),
                            begun,
                            now));
            write();
        }

        /** The database is taken back to an earlier position and goes on as a new timeline. */
        void promote() {
            List<Moment> own = moments.stream().filter(m -> m.timeline().equals(timeline)).toList();
            if (own.size() < 3) {
                return;
            }
            Moment target = own.get(own.size() - 1 - random.nextInt(Math.min(own.size(), 8)));
            var next = new TimelineId(timeline.value() + 1);
            List<TimelineHistory.Switch> switches =
                    new ArrayList<>(histories.get(timeline).switches());
            if (!switches.isEmpty() && !target.position().isAfter(switches.getLast().at())) {
                return;
            }
            switches.add(new TimelineHistory.Switch(timeline, target.position(), "test"));
            histories.put(next, new TimelineHistory(next, switches));
            timeline = next;
            position = target.position().plus(8);
        }

        TimelineTree tree() throws RecoveryException {
            return TimelineTree.of(histories.values(), new TreeSet<>(stored.keySet()));
        }

        WalLedger ledger() {
            var ledger = new WalLedger(SEGMENT);
            stored.forEach(
                    (id, segments) ->
                            segments.forEach(
                                    (number, time) -> {
                                        if (!time.isAfter(now)) {
                                            ledger.add(
                                                    Region.Role.PRIMARY,
                                                    new WalSegment(id, number, SEGMENT),
                                                    time);
                                        }
                                    }));
            return ledger;
        }

        List<Window> windows() throws RecoveryException {
            return RecoveryMap.of(
                            bases.stream().map(WalNeeds.Base::point).toList(),
                            ledger().holdings(),
                            tree())
                    .windows();
        }

        void clean(Optional<Hold.Period> hold) throws RecoveryException {
            List<Window> before = windows();
            WalLedger ledger = ledger();
            var needs = new WalNeeds(tree(), ledger.holdings(), ledger, bases);
            needs.promiseSince(RULES.promisedSince(now));
            if (hold.isPresent()) {
                needs.promise(hold.get(), "held");
            }
            Map<TimelineId, SegmentRuns> going = ledger.going(needs, RULES.walSince(now));
            going.forEach(
                    (id, runs) -> {
                        removed += (int) runs.count();
                        stored.get(id).keySet().removeIf(runs::contains);
                    });
            stored.values().removeIf(Map::isEmpty);
            int count = bases.size();
            Instant oldest =
                    bases.stream()
                            .filter(b -> needs.reason(b.point().id()).isPresent())
                            .map(WalNeeds.Base::begun)
                            .min(Instant::compareTo)
                            .orElse(Instant.MIN);
            bases.removeIf(
                    b -> needs.reason(b.point().id()).isEmpty() && b.begun().isBefore(oldest));
            if (count > 0) {
                assertThat(bases).as("the last base stays").isNotEmpty();
            }
            requireKept(before, windows(), hold);
            cleanups++;
        }

        private void requireKept(
                List<Window> before, List<Window> after, Optional<Hold.Period> hold) {
            Instant promised = RULES.promisedSince(now);
            for (Moment moment : moments) {
                boolean held = hold.filter(h -> h.contains(moment.time())).isPresent();
                if ((held || !moment.time().isBefore(promised)) && covers(before, moment)) {
                    assertThat(covers(after, moment))
                            .as("%s stays recoverable after cleanup %s", moment, cleanups)
                            .isTrue();
                }
            }
            Moment newest = moments.getLast();
            assertThat(covers(after, newest)).isEqualTo(covers(before, newest));
        }

        private static boolean covers(List<Window> windows, Moment moment) {
            return windows.stream()
                    .filter(window -> window.timeline().equals(moment.timeline()))
                    .anyMatch(
                            window ->
                                    !moment.position().isBefore(window.from())
                                            && !moment.position().isAfter(window.to()));
        }

        private static long segmentOf(Lsn position) {
            return WalSegment.containing(position, TimelineId.FIRST, SEGMENT).number();
        }
    }

    @Property(tries = 300)
    void everyPromisedMomentStaysRecoverable(@ForAll long seed) throws Exception {
        var history = new History(seed);
        Optional<Hold.Period> hold = Optional.empty();
        for (int step = 0; step < 60; step++) {
            switch (history.random.nextInt(12)) {
                case 0, 1, 2 -> history.base();
                case 3 -> history.promote();
                case 4, 5, 6 -> history.write();
                case 7 -> {
                    if (hold.isEmpty() && history.random.nextBoolean()) {
                        Instant to = history.now.minus(Duration.ofDays(2));
                        hold = Optional.of(new Hold.Period(to.minus(Duration.ofDays(3)), to));
                    }
                }
                default -> history.clean(hold);
            }
        }
        history.write();
        history.clean(hold);
        assertThat(history.cleanups).isPositive();
    }

    @Property(tries = 30)
    void andWhatIsNotNeededGoes(@ForAll long seed) throws Exception {
        var history = new History(seed);
        for (int day = 0; day < 60; day++) {
            history.base();
            history.clean(Optional.empty());
        }
        assertThat(history.removed).isPositive();
        assertThat(history.bases.size()).isLessThan(40);
    }
}
