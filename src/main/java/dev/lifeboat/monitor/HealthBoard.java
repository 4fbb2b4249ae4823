package dev.lifeboat.monitor;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.TimeSpan;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answer, for whoever asks meanwhile. An answer that has grown old is no answer: a monitor
 * that hangs must not look like backups that are well. Safe for many threads.
 */
public final class HealthBoard {
    private final Clock clock;
    private final Duration goodFor;
    private State state = new State(Optional.empty(), Optional.empty());

    private record State(Optional<Health> health, Optional<Problem> problem) {}

    /**
     * @param goodFor how old an answer may be
     */
    public HealthBoard(Clock clock, Duration goodFor) {
        this.clock = clock;
        this.goodFor = goodFor;
    }

    /**
     * An answer of {@code /health/backup}.
     *
     * @param status 200 when it is well, else 503
     */
    public record Answer(int status, String json) {}

    public synchronized void publish(Health health) {
        state = new State(Optional.of(health), Optional.empty());
    }

    /** The last attempt did not come to an answer; the metrics keep the one before. */
    public synchronized void publish(Problem problem) {
        state = new State(state.health, Optional.of(problem));
    }

    /** What {@code /health/backup} says now. */
    public Answer answer() {
        State now = state();
        if (now.problem.isPresent()) {
            return failing(now.problem.get().what() + " " + now.problem.get().why());
        }
        if (now.health.isEmpty()) {
            return failing("The backups were not looked at yet.");
        }
        Health health = now.health.get();
        Duration age = Duration.between(health.at(), clock.instant());
        if (age.compareTo(goodFor) > 0) {
            return failing("The backups were last looked at " + TimeSpan.told(age) + " ago.");
        }
        return new Answer(health.well() ? 200 : 503, HealthJson.line(health));
    }

    /** What {@code /metrics} says; the time of the evaluation is among it. */
    public String metrics() {
        return state().health.map(MetricsText::of).orElse("");
    }

    private synchronized State state() {
        return state;
    }

    private Answer failing(String reason) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", "failing");
        document.put("severity", Severity.CRITICAL.word());
        document.put("reason", reason);
        document.put("at", clock.instant().toString());
        return new Answer(503, HealthJson.line(document));
    }
}
