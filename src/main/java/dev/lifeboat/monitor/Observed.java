package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.storage.Region;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is looked at, at one moment.
 *
 * @param at when; everything older was asked before it
 * @param catalog of both regions
 * @param timeline over both regions
 * @param regions over each region alone, as if the other were lost
 * @param failures of backups of every kind, as recorded in the buckets
 * @param drills when drills were held, as recorded in the buckets
 * @param room empty when nobody promised any
 * @param database empty when none is set
 */
public record Observed(
        Instant at,
        Known<CatalogListing> catalog,
        Known<RecoveryTimeline> timeline,
        Map<Region.Role, Known<RecoveryTimeline>> regions,
        Known<List<BackupFailure>> failures,
        Known<List<Instant>> drills,
        Optional<Known<BucketRoom>> room,
        Optional<Known<DatabaseFacts>> database) {
    public Observed {
        regions = Map.copyOf(regions);
    }
}
