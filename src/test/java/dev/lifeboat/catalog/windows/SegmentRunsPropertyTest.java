package dev.lifeboat.catalog.windows;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** A set of runs behaves as the set of its numbers. */
class SegmentRunsPropertyTest {
    @Property
    void unionMinusAndIntersectionAreThoseOfSets(
            @ForAll Set<@LongRange(min = 0, max = 40) Long> a,
            @ForAll Set<@LongRange(min = 0, max = 40) Long> b) {
        Set<Long> union = new TreeSet<>(a);
        union.addAll(b);
        Set<Long> minus = new TreeSet<>(a);
        minus.removeAll(b);
        Set<Long> both = new TreeSet<>(a);
        both.retainAll(b);

        assertThat(numbers(runs(a).union(runs(b)))).isEqualTo(union);
        assertThat(numbers(runs(a).minus(runs(b)))).isEqualTo(minus);
        assertThat(numbers(runs(a).intersection(runs(b)))).isEqualTo(both);
    }

    @Property
    void runsAreApartAndEqualSetsAreEqual(
            @ForAll Set<@LongRange(min = 0, max = 40) Long> a,
            @ForAll Set<@LongRange(min = 0, max = 40) Long> b) {
        SegmentRuns union = runs(a).union(runs(b));
        for (int i = 1; i < union.runs().size(); i++) {
            assertThat(union.runs().get(i).first())
                    .isGreaterThan(union.runs().get(i - 1).last() + 1);
        }
        assertThat(union).isEqualTo(runs(b).union(runs(a)));
    }

    @Property
    void endOfRunIsTheLastNumberReachedWithoutAStepMissing(
            @ForAll Set<@LongRange(min = 0, max = 40) Long> a,
            @ForAll @LongRange(min = 0, max = 41) long from) {
        long end = from - 1;
        while (a.contains(end + 1)) {
            end++;
        }

        assertThat(runs(a).endOfRun(from)).isEqualTo(end);
        assertThat(runs(a).contains(from)).isEqualTo(a.contains(from));
        assertThat(runs(a).count()).isEqualTo(a.size());
    }

    private static SegmentRuns runs(Set<Long> numbers) {
        return SegmentRuns.of(numbers.stream().mapToLong(Long::longValue));
    }

    private static Set<Long> numbers(SegmentRuns runs) {
        Set<Long> all = new TreeSet<>();
        runs.runs()
                .forEach(run -> LongStream.rangeClosed(run.first(), run.last()).forEach(all::add));
        return all;
    }
}
