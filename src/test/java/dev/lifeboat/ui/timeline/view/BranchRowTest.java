package dev.lifeboat.ui.timeline.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** In units: a bold letter is 8.8 high, with its tail below 6.5 from its middle; a small one 8. */
class BranchRowTest {
    private static final double RING_AND_STROKE = BranchRow.RING + 1;

    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1.15, 1.4, 1.8})
    void nothingTouchesHoweverLowTheLaneIs(double unit) {
        for (double high : List.of(36.0, 40.0, 50.0, 80.0)) {
            var row = new Geometry.Row(100, Math.rint(high * unit));

            BranchRow at = BranchRow.of(row, unit);

            assertThat(at.name() - 4.4 * unit).as("in the lane").isGreaterThan(row.top());
            assertThat(at.line() - RING_AND_STROKE * unit)
                    .as("ring below the names, %s", high)
                    .isGreaterThanOrEqualTo(at.name() + 6.5 * unit - 1);
            assertThat(at.left() - 4 * unit)
                    .as("what was left below the ring, %s", high)
                    .isGreaterThanOrEqualTo(at.line() + RING_AND_STROKE * unit - 1);
            assertThat(at.left() + 4 * unit).as("in the lane").isLessThan(row.bottom());
        }
    }
}
