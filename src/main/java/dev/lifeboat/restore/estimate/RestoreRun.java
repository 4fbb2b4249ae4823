package dev.lifeboat.restore.estimate;

import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreHistory;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one restore measured.
 *
 * @param basePlainBytes of the base that was fetched and unpacked
 * @param baseSeconds fetching and placing it
 * @param walPlainBytes of the WAL that was fetched and replayed
 * @param walSeconds doing so
 * @param otherSeconds all other stages up to the target
 */
public record RestoreRun(
        Instant at,
        long basePlainBytes,
        double baseSeconds,
        long walPlainBytes,
        double walSeconds,
        double otherSeconds) {
    /**
     * What a restore that reached its target measured; empty when it did not, or was done in
     * several goes: then its stages are not those of one way from base to target.
     */
    static Optional<RestoreRun> of(RestoreView view) {
        if (!(view.plan() instanceof PhysicalPlan plan) || view.startedAt().isEmpty()) {
            return Optional.empty();
        }
        RestoreHistory history = view.history();
        Map<Stage, Double> seconds = history.seconds();
        boolean whole =
                seconds.containsKey(Stage.FETCH)
                        && seconds.containsKey(Stage.REPLAY)
                        && seconds.containsKey(Stage.ASSERT)
                        && history.begun() == 1;
        if (!whole) {
            return Optional.empty();
        }
        double base = seconds.get(Stage.FETCH) + seconds.getOrDefault(Stage.PLACE, 0.0);
        double wal = seconds.get(Stage.REPLAY);
        double all =
                seconds.entrySet().stream()
                        .filter(stage -> stage.getKey().compareTo(Stage.PAUSE) <= 0)
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
        return Optional.of(
                new RestoreRun(
                        view.startedAt().get(),
                        plan.base().plainBytes(),
                        base,
                        plan.wal().plainBytes(),
                        wal,
                        Math.max(0, all - base - wal)));
    }
}
