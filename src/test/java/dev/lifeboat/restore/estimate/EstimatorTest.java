package dev.lifeboat.restore.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class EstimatorTest {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    private static final Instant AT = Instant.parse("2026-04-07T02:00:00Z");

    @Test
    void withoutARunItSaysThatItAssumes() {
        Estimate estimate = new Estimator(List.of()).of(GIB, GIB);

        assertThat(estimate.runs()).isZero();
        assertThat(estimate.basis()).startsWith("No restore was measured on this machine yet");
        assertThat(estimate.low()).isLessThan(estimate.likely());
        assertThat(estimate.high()).isGreaterThan(estimate.likely());
    }

    @Test
    void theSameWorkAgainIsThoughtToTakeAsLong() {
        Estimate estimate = new Estimator(List.of(run(0, 10, 20))).of(GIB, GIB);

        assertThat(estimate.likely()).isEqualTo(Duration.ofSeconds(32));
        assertThat(estimate.base()).isEqualTo(Duration.ofSeconds(10));
        assertThat(estimate.wal()).isEqualTo(Duration.ofSeconds(20));
        assertThat(estimate.basis()).startsWith("From one restore on this machine");
    }

    @Test
    void theRangeHoldsWhatWasSeen() {
        Estimate estimate =
                new Estimator(List.of(run(0, 10, 20), run(1, 40, 30), run(2, 20, 60))).of(GIB, GIB);

        assertThat(estimate.low()).isEqualTo(Duration.ofSeconds(32));
        assertThat(estimate.likely()).isEqualTo(Duration.ofSeconds(52));
        assertThat(estimate.high()).isEqualTo(Duration.ofSeconds(102));
    }

    @Test
    void oldRunsNoLongerCount() {
        List<RestoreRun> runs = new ArrayList<>();
        runs.add(run(0, 1000, 1000));
        for (int i = 1; i <= 10; i++) {
            runs.add(run(i, 10, 20));
        }

        assertThat(new Estimator(runs).of(GIB, GIB).high()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void whatWasTooLittleToTellIsAssumedAndSaidSo() {
        var tiny = new RestoreRun(AT, GIB, 10, MIB / 2, 5, 2);

        Estimate estimate = new Estimator(List.of(tiny)).of(GIB, GIB);

        assertThat(estimate.basis()).contains("one is assumed");
        assertThat(estimate.base()).isEqualTo(Duration.ofSeconds(10));
    }

    private static RestoreRun run(int day, double baseSeconds, double walSeconds) {
        return new RestoreRun(AT.plus(Duration.ofDays(day)), GIB, baseSeconds, GIB, walSeconds, 2);
    }
}
