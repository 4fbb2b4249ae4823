package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.timeline.model.Coverage.State;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

class CoverageTest {
    @Property
    void aStretchHasTheStatesOfEveryRunItTouches(
            @ForAll @Size(min = 1, max = 700) List<State> states,
            @ForAll @IntRange(min = -20, max = 7100) int from,
            @ForAll @IntRange(min = 1, max = 3000) int length) {
        var builder = new Coverage.Builder();
        for (int i = 0; i < states.size(); i++) {
            builder.add(10L * i, 10L * i + 10, states.get(i), 1);
        }
        Coverage coverage = builder.build();

        int expected = 0;
        for (int i = 0; i < states.size(); i++) {
            if (10L * i < from + length && from < 10L * i + 10) {
                expected |= states.get(i).bit();
            }
        }

        int found = coverage.states(from, from + length);
        assertThat(found & expected).isEqualTo(expected);
        if (from < states.size() * 10L) {
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void aGapWithoutLengthIsNeverLost() {
        Coverage coverage =
                new Coverage.Builder()
                        .add(0, 50, State.HELD, 5)
                        .add(50, 50, State.MISSING, 1)
                        .add(50, 100, State.HELD, 5)
                        .build();

        assertThat(State.MISSING.isIn(coverage.states(45, 55))).isTrue();
        assertThat(State.MISSING.isIn(coverage.states(50, 51))).isTrue();
        assertThat(State.MISSING.isIn(coverage.states(51, 60))).isFalse();
    }

    @Test
    void equalNeighboursAreOneRun() {
        var builder = new Coverage.Builder();
        for (int i = 0; i < 1_000_000; i++) {
            builder.add(i, i + 1, State.HELD, 1);
        }
        Coverage coverage = builder.build();

        assertThat(coverage.size()).isEqualTo(1);
        assertThat(coverage.run(0))
                .isEqualTo(new Coverage.Run(new Span(0, 1_000_000), State.HELD, 1_000_000));
        assertThat(coverage.states(1_000_001, 1_000_002)).isZero();
    }
}
