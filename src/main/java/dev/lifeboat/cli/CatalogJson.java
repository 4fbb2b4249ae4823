package dev.lifeboat.cli;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.retention.Generation;
import dev.lifeboat.retention.Generations;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What {@code catalog --json} prints. */
record CatalogJson(List<Backup> backups, Map<String, Problem> unreachable, List<String> notes) {
    /** One backup. */
    record Backup(
            String id,
            Optional<String> cluster,
            String kind,
            Optional<String> database,
            Instant startedAt,
            Optional<Instant> finishedAt,
            OptionalLong plainBytes,
            long storedBytes,
            Map<String, RegionState> regions,
            Optional<Verification> verified,
            Optional<String> keyFingerprint,
            String storageClass,
            BackupStatus status,
            String key,
            boolean usable,
            boolean authenticated,
            Set<Generation> generations,
            Optional<Problem> problem) {

        static Backup of(CatalogEntry entry, Generations generations) {
            Map<String, RegionState> regions = new TreeMap<>(Comparator.reverseOrder());
            entry.regions()
                    .forEach((role, presence) -> regions.put(role.toString(), presence.state()));
            CatalogEntry.Facts facts = entry.facts();
            return new Backup(
                    entry.id(),
                    facts.systemIdentifier(),
                    entry.kind().word(),
                    facts.database(),
                    facts.startedAt(),
                    facts.finishedAt(),
                    facts.plainBytes(),
                    facts.storedBytes(),
                    regions,
                    entry.verified(),
                    facts.keyFingerprint(),
                    facts.storageClass(),
                    entry.status(),
                    entry.key(),
                    entry.isUsable(),
                    entry.authenticated(),
                    generations.of(entry),
                    entry.problem());
        }
    }

    static CatalogJson of(
            CatalogListing listing, List<CatalogEntry> shown, Generations generations) {
        return new CatalogJson(
                shown.stream().map(entry -> Backup.of(entry, generations)).toList(),
                Problems.byRegion(listing.unreachable()),
                listing.notes());
    }
}
