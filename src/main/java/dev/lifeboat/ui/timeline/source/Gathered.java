package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.TargetAnswers;
import dev.lifeboat.restore.estimate.Estimator;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine found at one moment.
 *
 * @param answers what the engine answers on single targets; empty without a usable base
 * @param estimator what earlier restores of this machine taught
 * @param places what each region that is set up is called, for example {@code eu-west-1}
 */
public record Gathered(
        Instant asOf,
        CatalogListing catalog,
        RecoveryTimeline recovery,
        WalInventory inventory,
        WalIndex index,
        Optional<TargetAnswers> answers,
        Estimator estimator,
        Map<Region.Role, String> places) {
    public Gathered {
        places = Map.copyOf(places);
    }
}
