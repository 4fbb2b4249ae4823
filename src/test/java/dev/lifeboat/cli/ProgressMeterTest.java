package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lifeboat.kernel.Progress;

import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final long SECOND = 1_000_000_000L;
    private final Progress progress = new Progress();
    private final ProgressMeter meter = new ProgressMeter(progress, 0);
    private final ProgressLine line = new ProgressLine("fetch", ProgressUnit.BYTES);

    /** Works for some seconds at a rate, sampled ten times a second; the last reading. */
    private ProgressMeter.Reading work(long fromSecond, long toSecond, long perSecond) {
        ProgressMeter.Reading reading = null;
        for (long tenth = fromSecond * 10 + 1; tenth <= toSecond * 10; tenth++) {
            progress.add(perSecond / 10);
            reading = meter.read(tenth * SECOND / 10);
        }
        return reading;
    }

    @Test
    void tellsTheRestExactlyWhenWorkRunsEvenly() {
        progress.setTotal(1000);

        var reading = work(0, 5, 100);

        assertThat(reading.perSecond()).isCloseTo(100, within(0.001));
        assertThat(reading.secondsLeft()).contains(new ProgressMeter.Range(5, 5));
    }

    @Test
    void givesARangeWhenTheRateChanges() {
        progress.setTotal(10_000);
        work(0, 10, 100);

        var reading = work(10, 20, 400);

        assertThat(reading.perSecond()).isCloseTo(400, within(0.001));
        assertThat(reading.perSecondOverall()).isCloseTo(250, within(0.001));
        var left = reading.secondsLeft().orElseThrow();
        assertThat(left.low()).isEqualTo(12); // 5,000 at 400 a second
        assertThat(left.high()).isEqualTo(20); // at 250
    }

    @Test
    void promisesNothingWhenWorkStandsStillOrTheWholeIsUnknown() {
        assertThat(work(0, 5, 100).secondsLeft()).isEmpty();

        progress.setTotal(1000);

        assertThat(work(5, 10, 0).secondsLeft()).isEmpty();
    }

    @Test
    void forgetsWhatIsOlderThanAMinuteButNotTheBeginning() {
        progress.setTotal(1_000_000);
        work(0, 60, 1000);

        var reading = work(60, 180, 100);

        assertThat(reading.perSecondOverall()).isCloseTo(400, within(0.001));
        assertThat(reading.elapsedSeconds()).isEqualTo(180);
    }

    @Test
    void showsPercentAmountRateRestAndWhatItWaitsFor() {
        progress.setTotal(40 << 20);
        progress.countRetry();
        progress.waitFor("S3");

        var reading = work(0, 2, 10 << 20);

        assertThat(line.drawn(reading))
                .isEqualTo(
                        "fetch [############------------]   50 %  20.0 MiB of 40.0 MiB  "
                                + "10.0 MiB/s  2 s left  1 retry  waiting for S3");
        assertThat(line.plain(reading)).startsWith("fetch:  50 %  ");
    }
}
