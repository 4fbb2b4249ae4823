package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.storage.Region;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers behind the findings.
 *
 * @param catalogKnown whether any region's backups could be listed; else nothing is known of kinds
 * @param timelineKnown whether it could be found out to when one can go back
 * @param latest the last commit that can be recovered, from both regions together
 * @param exact as {@link RegionFigures#exact()}
 * @param loss how much would be lost now, from both regions together
 * @param from since when, without a break, every moment up to {@code latest} can be recovered
 * @param reach how long that is, up to now
 * @param missingSegments needed segments that no region has
 * @param fillableSegments needed segments that one region lacks and the other has, the newest ones
 *     apart
 * @param regions the regions in use, the primary first
 * @param kinds every kind of backup
 * @param room empty when nobody promised any, or it could not be found out
 * @param lastDrill empty when none was ever held
 * @param database empty when none is set, or it did not answer
 */
public record Figures(
        boolean catalogKnown,
        boolean timelineKnown,
        Optional<Instant> latest,
        boolean exact,
        Optional<Duration> loss,
        Optional<Instant> from,
        Optional<Duration> reach,
        long missingSegments,
        long fillableSegments,
        Map<Region.Role, RegionFigures> regions,
        Map<BackupKind, KindFigures> kinds,
        Optional<BucketRoom> room,
        Optional<Instant> lastDrill,
        Optional<DatabaseFacts> database) {}
