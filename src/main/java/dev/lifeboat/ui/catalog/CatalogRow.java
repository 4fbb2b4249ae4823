package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupPresence;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.retention.Generation;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.storage.Region;

import java.time.Instant;
import java.util.Set;

/**
 * One backup as the table shows it and the cache keeps it.
 *
 * @param digest the first digits of the manifest's SHA-256; empty when not known
 * @param cluster its system identifier; empty when not known
 * @param database empty when it is of a whole cluster, or not known
 * @param finishedAt null while it is unfinished
 * @param plainBytes -1 when not known
 * @param keyFingerprint empty when not known
 * @param timeline 0 unless it is a base
 * @param primary null when the region is not part of the profile
 * @param dr the same
 * @param usable whether a restore may begin from it, as far as the listing tells
 * @param level null when it was never verified
 * @param verifiedAt null with it
 * @param broken why it cannot be used; empty when it can
 * @param generations what the rules of retention keep it as; none for a base
 * @param keptUntil null when no such rule keeps it
 */
public record CatalogRow(
        String id,
        BackupKind kind,
        BackupStatus status,
        String key,
        String digest,
        String cluster,
        String database,
        Instant startedAt,
        Instant finishedAt,
        long plainBytes,
        long storedBytes,
        String keyFingerprint,
        String storageClass,
        int timeline,
        Copy primary,
        Copy dr,
        boolean usable,
        boolean authenticated,
        VerifyLevel level,
        Instant verifiedAt,
        boolean verifiedOk,
        String broken,
        Set<Generation> generations,
        Instant keptUntil)
        implements CatalogItem {
    /** Of one that an older version remembered, what is lacking counts as not known. */
    public CatalogRow {
        digest = digest == null ? "" : digest;
        cluster = cluster == null ? "" : cluster;
        generations = generations == null ? Set.of() : Set.copyOf(generations);
    }

    /** What one region has of it. */
    public record Copy(RegionState state, int objects, int expected) {}

    static CatalogRow of(CatalogEntry entry, Generations kept) {
        CatalogEntry.Facts facts = entry.facts();
        return new CatalogRow(
                entry.id(),
                entry.kind(),
                entry.status(),
                entry.key(),
                facts.identity(),
                facts.systemIdentifier().orElse(""),
                facts.database().orElse(""),
                facts.startedAt(),
                facts.finishedAt().orElse(null),
                facts.plainBytes().orElse(-1),
                facts.storedBytes(),
                facts.keyFingerprint().orElse(""),
                facts.storageClass(),
                facts.base().map(base -> base.timeline()).orElse(0),
                copy(entry.regions().get(Region.Role.PRIMARY)),
                copy(entry.regions().get(Region.Role.DR)),
                entry.isUsable(),
                entry.authenticated(),
                entry.verified().map(Verification::level).orElse(null),
                entry.verified().map(Verification::at).orElse(null),
                entry.verified().map(Verification::ok).orElse(false),
                BackupChoice.whyBroken(entry),
                kept.of(entry),
                kept.until(entry).orElse(null));
    }

    private static Copy copy(BackupPresence presence) {
        return presence == null
                ? null
                : new Copy(presence.state(), presence.objects(), presence.expected());
    }

    @Override
    public String path() {
        return key;
    }

    /** What the region has; null when it is not part of the profile. */
    Copy copy(Region.Role role) {
        return role == Region.Role.PRIMARY ? primary : dr;
    }

    /** Whether it lies whole in one region and, as that one answered, not in the other. */
    boolean isInOneRegionOnly() {
        return (isWhole(primary) && lacks(dr)) || (isWhole(dr) && lacks(primary));
    }

    /** Whether a region has every object of it. */
    static boolean isWhole(Copy copy) {
        return copy != null && copy.state() == RegionState.PRESENT;
    }

    /** Whether a region answered, and does not have every object of it. */
    static boolean lacks(Copy copy) {
        return copy != null
                && (copy.state() == RegionState.MISSING || copy.state() == RegionState.DAMAGED);
    }

    /** Whether a region did not answer. */
    static boolean isNotKnown(Copy copy) {
        return copy != null && copy.state() == RegionState.UNREACHABLE;
    }

    /** Whether its objects must be thawed before they can be read. */
    boolean isArchived() {
        return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    }
}
