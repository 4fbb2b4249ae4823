package dev.lifeboat.ui.health;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long the last restore on this machine took that reached its target.
 *
 * @param took all stages together
 * @param base the id it began from
 * @param size of that base, before compression
 */
record MeasuredRestore(Duration took, String base, String size, Instant at) {
    private static final Set<RestoreState> ARRIVED =
            Set.of(
                    RestoreState.PAUSED,
                    RestoreState.PROMOTED,
                    RestoreState.STOPPED,
                    RestoreState.HANDED_OVER);

    /** Empty when none did, or none was measured. */
    static Optional<MeasuredRestore> newest(List<RestoreView> restores) {
        return restores.stream()
                .filter(view -> ARRIVED.contains(view.state()) && view.startedAt().isPresent())
                .filter(view -> !view.history().seconds().isEmpty())
                .max(Comparator.comparing(view -> view.startedAt().orElseThrow()))
                .flatMap(MeasuredRestore::of);
    }

    private static Optional<MeasuredRestore> of(RestoreView view) {
        if (!(view.plan() instanceof PhysicalPlan plan)) {
            return Optional.empty();
        }
        double seconds = view.history().seconds().values().stream().mapToDouble(s -> s).sum();
        return Optional.of(
                new MeasuredRestore(
                        Duration.ofMillis((long) (seconds * 1000)),
                        plan.base().id(),
                        ByteSize.format(plan.base().plainBytes()),
                        view.startedAt().orElseThrow()));
    }
}
