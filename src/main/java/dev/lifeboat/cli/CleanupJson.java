package dev.lifeboat.cli;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.retention.Cleanup;
import dev.lifeboat.retention.Generation;
import dev.lifeboat.retention.MonthlySaving;
import dev.lifeboat.retention.RetentionPlan;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StoragePrices;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        Saving monthlySaving,
        String plan,
        Optional<Applied> applied,
        List<String> notes) {
    /** One object that goes. */
    record Removed(String key, String why, Region.Role region, long bytes) {}

    /**
     * An estimate, in US dollars a month, of storage alone.
     *
     * @param pricesPerGb a GB of 2^30 bytes a month, by storage class
     */
    record Saving(
            BigDecimal removed,
            BigDecimal moved,
            Set<String> unpriced,
            Map<String, BigDecimal> pricesPerGb) {}

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

    static CleanupJson of(RetentionPlan plan, StoragePrices prices) {
        return of(plan, prices, Optional.empty());
    }

    static CleanupJson of(Cleanup.Outcome outcome, StoragePrices prices) {
        return of(
                outcome.plan(),
                prices,
                Optional.of(
                        new Applied(
                                outcome.removed(),
                                outcome.removedBytes(),
                                outcome.moved(),
                                outcome.notMoved())));
    }

    private static CleanupJson of(
            RetentionPlan plan, StoragePrices prices, Optional<Applied> applied) {
        MonthlySaving saving = MonthlySaving.of(plan, prices);
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
                new Saving(saving.removed(), saving.moved(), saving.unpriced(), prices.byClass()),
                plan.digest(),
                applied,
                plan.notes());
    }
}
