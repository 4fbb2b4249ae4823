package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.Stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the stage under way moves, and how far it is. For one thread. */
final class RunPace {
    private static final Duration STALL = Duration.ofSeconds(10);
    private Stage stage;
    private long before;
    private Instant moved;

    /** Takes what was seen at one moment; moments come in order. */
    void saw(Instant at, RestoreSample sample) {
        long done = done(sample);
        if (sample.stage() != stage || done != before) {
            moved = at;
        }
        stage = sample.stage();
        before = done;
    }

    /** For how long nothing moved, once that is worth saying. */
    Optional<Duration> stalled(Instant now) {
        boolean counted = stage == Stage.FETCH || stage == Stage.REPLAY;
        return Optional.ofNullable(moved)
                .filter(_ -> counted)
                .map(since -> Duration.between(since, now))
                .filter(idle -> idle.compareTo(STALL) > 0);
    }

    static long done(RestoreSample sample) {
        return sample.stage() == Stage.REPLAY ? sample.segments() : sample.fetchedBytes();
    }

    static long total(RestoreSample sample) {
        return sample.stage() == Stage.REPLAY ? sample.totalSegments() : sample.totalBytes();
    }
}
