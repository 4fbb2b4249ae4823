package dev.lifeboat.cli;

import dev.lifeboat.restore.Stage;
import dev.lifeboat.restore.StagePace;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast the stage that a restore is in goes on. What was there when this process first saw the
 * stage, as after an interruption, is no pace. For one thread.
 */
final class RestorePace {
    private static final double NANOS = 1e9;
    private static final double LOW = 0.75;
    private static final double HIGH = 1.5;

    private Stage stage;
    private long beganNanos;
    private long doneBefore;

    /**
     * What was seen at one moment, in whatever the stage counts.
     *
     * @param rate a second; empty while nothing was measured
     */
    record Seen(long done, long total, OptionalDouble rate) {
        /** Seconds to the end of the stage, a low and a high guess; both null while not known. */
        List<Long> etaSeconds() {
            if (done >= total && total > 0) {
                return List.of(0L, 0L);
            }
            if (rate.isEmpty() || total <= 0) {
                return Arrays.asList(null, null);
            }
            double left = (total - done) / rate.getAsDouble();
            return List.of(Math.round(left * LOW), Math.round(left * HIGH));
        }

        /** The same for whoever asks the process; empty while nothing was measured. */
        Optional<StagePace> pace(Stage stage) {
            List<Long> eta = etaSeconds();
            return rate.isEmpty() || eta.getFirst() == null
                    ? Optional.empty()
                    : Optional.of(
                            new StagePace(
                                    stage, rate.getAsDouble(), eta.getFirst(), eta.getLast()));
        }
    }

    Seen at(Stage now, long done, long total, long nanos) {
        if (now != stage) {
            stage = now;
            beganNanos = nanos;
            doneBefore = done;
        }
        double seconds = (nanos - beganNanos) / NANOS;
        boolean measured = seconds > 0 && done > doneBefore;
        return new Seen(
                done,
                total,
                measured
                        ? OptionalDouble.of((done - doneBefore) / seconds)
                        : OptionalDouble.empty());
    }
}
