package dev.lifeboat.catalog;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.util.List;
import java.util.Optional;

/**
 * What there is to recover from, read from the buckets alone. Every method asks them anew; a cache
 * only saves requests. Safe for many threads.
 */
public final class Catalog {
    private final RegionPair regions;
    private final BackupKeys keys;
    private final BackupFormat format;

    /**
     * @param format how the backups lie there
     */
    public Catalog(RegionPair regions, BackupKeys keys, BackupFormat format) {
        this.regions = regions;
        this.keys = keys;
        this.format = format;
    }

    /**
     * Lists both regions and merges them.
     *
     * @throws RecoveryException when no region can be listed; one that cannot is in {@link
     *     CatalogListing#unreachable()}
     */
    public CatalogListing load(CancelToken cancel) throws RecoveryException {
        CatalogListing listing = format.list(cancel);
        VerifyRecords records = VerifyRecords.of(regions.regions(), keys, cancel);
        return new CatalogListing(
                listing.entries().stream().map(records::applied).toList(),
                listing.unreachable(),
                listing.notes());
    }

    /**
     * The backup that a name stands for: {@code latest}, an id, a key or the end of one, or {@code
     * s3://bucket/key} of any of its objects, or of an object that is no listed backup.
     *
     * @param kind of which kind {@code latest} is
     * @throws RecoveryException {@code NO_BACKUP}, {@code NO_BASE}, {@code BACKUP_UNKNOWN}, {@code
     *     USAGE} when the name is ambiguous, or what keeps a region from answering when nothing can
     *     be said without it
     */
    public BackupChoice resolve(CatalogListing listing, String name, BackupKind kind)
            throws RecoveryException {
        if (name.equals("latest")) {
            return BackupChoice.latest(listing, kind);
        }
        return BackupLookup.isAddress(name)
                ? new BackupChoice(new BackupLookup(regions, keys).at(listing, name), List.of())
                : BackupChoice.byId(listing, name);
    }

    /** As {@link BackupFormat#manifest}. */
    public Manifest manifest(CatalogEntry entry) throws RecoveryException {
        return format.manifest(entry);
    }

    /** As {@link BackupFormat#unauthenticatedManifest}. */
    public Manifest unauthenticatedManifest(CatalogEntry entry) throws RecoveryException {
        return format.unauthenticatedManifest(entry);
    }

    /**
     * Every object of the backup that lies in one region now, its manifest included, in key order;
     * also those that its manifest does not name.
     */
    public List<ObjectInfo> objects(CatalogEntry entry, Region region, CancelToken cancel)
            throws RecoveryException {
        return new BackupLookup(regions, keys).objects(entry, region, cancel);
    }

    /** What all keys of the backup begin with; tells the objects of one backup from another's. */
    public String stem(CatalogEntry entry) {
        return new BackupLookup(regions, keys).stem(entry);
    }

    /** The {@link #stem} of the backup that a key belongs to; empty when it is of none. */
    public Optional<String> stemOf(String key) {
        return BackupPlace.of(keys, key).map(BackupPlace::stem);
    }

    /** Uploads in parts of the backup that were begun in a region and not ended. */
    public List<PendingUpload> uploads(CatalogEntry entry, Region region) throws RecoveryException {
        return new BackupLookup(regions, keys).uploads(entry, region);
    }
}
