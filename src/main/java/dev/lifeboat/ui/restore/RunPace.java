package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.Stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast the stage under way goes, measured over the last half minute of it, and how much longer
 * that stage takes at this pace. For one thread.
 */
final class RunPace {
    private static final Duration MEMORY = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofSeconds(10);
    private final java.util.ArrayDeque<Point> points = new java.util.ArrayDeque<>();
    private Stage stage;
    private Instant moved;

    private record Point(Instant at, long done) {}

    /** What is left of the stage, as a range. */
    record Left(Duration low, Duration high) {}

    /** Takes what was seen at one moment; moments come in order. */
    void saw(Instant at, RestoreSample sample) {
        long done = done(sample);
        if (sample.stage() != stage || points.isEmpty() || done < points.getLast().done()) {
            stage = sample.stage();
            points.clear();
            moved = at;
        } else if (done > points.getLast().done()) {
            moved = at;
        }
        points.addLast(new Point(at, done));
        while (points.size() > 2 && points.getFirst().at().isBefore(at.minus(MEMORY))) {
            points.removeFirst();
        }
    }

    /** Units a second; empty until it moved. */
    OptionalDouble rate() {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point first = points.getFirst();
        Point last = points.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
        long done = last.done() - first.done();
        return seconds <= 0 || done <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(done / seconds);
    }

    /** How long the stage still takes; empty where it cannot be told. */
    Optional<Left> left(RestoreSample sample) {
        long missing = total(sample) - done(sample);
        if (rate().isEmpty() || missing < 0 || sample.stage() != stage) {
            return Optional.empty();
        }
        double seconds = missing / rate().getAsDouble();
        return Optional.of(
                new Left(
                        Duration.ofSeconds(Math.round(seconds * 0.8)),
                        Duration.ofSeconds(Math.round(seconds * 1.4))));
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
