package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One backup as both regions' listings and its manifest tell it. It holds no list of objects, so
 * that ten thousand entries are small; {@link Catalog#manifest} reads the manifest again.
 *
 * @param id the key's name without extension; names one backup unless another tool gave two the
 *     same
 * @param key of the manifest, or of the one object of a backup without manifest; of what was found
 *     first when it is unfinished
 * @param authenticated whether the manifest's HMAC was checked and holds; false without a manifest,
 *     and while the key is not known
 * @param regions the regions of the choice, and no other
 * @param obtainable whether every object can be had from some region that answered
 * @param verified the last result that applies to what lies there now
 * @param problem what keeps it from being used; empty when nothing is known to
 */
public record CatalogEntry(
        String id,
        BackupKind kind,
        BackupStatus status,
        String key,
        Facts facts,
        boolean authenticated,
        Map<Region.Role, BackupPresence> regions,
        boolean obtainable,
        Optional<Verification> verified,
        Optional<Problem> problem) {
    public CatalogEntry {
        regions = Map.copyOf(regions);
    }

    /**
     * What the manifest says, or else name and listing.
     *
     * @param identity names the content: the first digits of the manifest's SHA-256, or of one over
     *     ETag and size of a backup without manifest; empty when it is unfinished
     * @param systemIdentifier of the cluster
     * @param startedAt by the manifest, else by the time in the name, else by the store's clock
     * @param finishedAt when the last object was complete; empty when it is unfinished
     * @param plainBytes before compression and encryption, where known
     * @param storedBytes of all objects, once
     * @param storageClass as S3 writes it; the coldest of all objects
     * @param base facts of a physical base
     */
    public record Facts(
            String identity,
            Optional<String> systemIdentifier,
            Optional<String> database,
            Instant startedAt,
            Optional<Instant> finishedAt,
            OptionalLong plainBytes,
            long storedBytes,
            Optional<String> keyFingerprint,
            String storageClass,
            Optional<Manifest.BaseFacts> base) {}

    /** Whether a restore may begin from it, as far as the listing tells. */
    public boolean isUsable() {
        return status.isRestorable() && obtainable;
    }

    /** Whether every object lies in every region of the choice. */
    public boolean isSafe() {
        return isUsable()
                && regions.values().stream().allMatch(r -> r.state() == RegionState.PRESENT);
    }

    /** The same backup with another result of verification. */
    public CatalogEntry with(Optional<Verification> newer) {
        return new CatalogEntry(
                id, kind, status, key, facts, authenticated, regions, obtainable, newer, problem);
    }
}
