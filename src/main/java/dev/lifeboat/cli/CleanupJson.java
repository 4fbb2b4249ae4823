package dev.lifeboat.cli;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.retention.Cleanup;
import dev.lifeboat.retention.Generation;
import dev.lifeboat.retention.RetentionPlan;
import dev.lifeboat.storage.Region;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code cleanup --json} prints. */
record CleanupJson(
        List<Removed> delete,
        List<Moved> move,
        List<Kept> kept,
        long keep,
        Window windowBefore,
        Window windowAfter,
        long bytes,
        String plan,
        Optional<Applied> applied,
        List<String> notes) {
    /** One object that goes. */
    record Removed(String key, String why, Region.Role region, long bytes) {}

    /** One object that moves to another storage class. */
    record Moved(String key, Region.Role region, String storageClass, long bytes) {}

    /** A backup that stays. */
    record Kept(String id, Set<Generation> generations, String why) {}

    /** When every moment is recoverable. */
    record Window(Optional<Instant> from, Optional<Instant> to) {
        static Window of(RetentionPlan.Window window) {
            return new Window(window.from(), window.to());
        }
    }

    /** What was done. */
    record Applied(long removed, long bytes, long moved, List<Problem> notMoved) {}

    static CleanupJson of(RetentionPlan plan) {
        return of(plan, Optional.empty());
    }

    static CleanupJson of(Cleanup.Outcome outcome) {
        return of(
                outcome.plan(),
                Optional.of(
                        new Applied(
                                outcome.removed(),
                                outcome.removedBytes(),
                                outcome.moved(),
                                outcome.notMoved())));
    }

    private static CleanupJson of(RetentionPlan plan, Optional<Applied> applied) {
        return new CleanupJson(
                plan.removals().stream()
                        .flatMap(
                                removal ->
                                        removal.targets().stream()
                                                .map(
                                                        target ->
                                                                new Removed(
                                                                        target.key(),
                                                                        removal.why(),
                                                                        target.region(),
                                                                        target.sizeBytes())))
                        .toList(),
                plan.moves().stream()
                        .map(
                                move ->
                                        new Moved(
                                                move.target().key(),
                                                move.target().region(),
                                                move.storageClass(),
                                                move.target().sizeBytes()))
                        .toList(),
                plan.kept().stream()
                        .map(kept -> new Kept(kept.entry().id(), kept.generations(), kept.why()))
                        .toList(),
                plan.keptObjects(),
                Window.of(plan.before()),
                Window.of(plan.after()),
                plan.bytes(),
                plan.digest(),
                applied,
                plan.notes());
    }
}
