package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.TargetKind;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where replay stands between the base and the target, in the database's own time. Plain.
 *
 * @param from when the base was whole
 * @param at of the last commit that was replayed
 * @param to the target's time, or that of the last commit before it
 */
record ReplayLine(Instant from, Instant at, Instant to) {
    /** Empty where replay has not told yet, or nobody knows the target's time. */
    static Optional<ReplayLine> of(RestorePlan plan, Optional<RestoreSample> sample) {
        if (!(plan instanceof PhysicalPlan cluster)) {
            return Optional.empty();
        }
        Instant from = cluster.base().finishedAt();
        return sample.flatMap(RestoreSample::replayedTime)
                .flatMap(at -> to(cluster).map(to -> new ReplayLine(from, at, to)))
                .filter(line -> line.from().isBefore(line.to()));
    }

    private static Optional<Instant> to(PhysicalPlan plan) {
        return plan.target().kind() == TargetKind.TIME
                ? Optional.of(Instant.parse(plan.target().value()))
                : plan.goal().lastIncluded().map(last -> last.endedAt());
    }

    /** How much of the way is behind it, 0 to 1. */
    double fraction() {
        double whole = Duration.between(from, to).toMillis();
        return Math.clamp(Duration.between(from, at).toMillis() / whole, 0, 1);
    }

    /** How much of the database's time is still to come; zero behind the target. */
    Duration left() {
        Duration left = Duration.between(at, to);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
