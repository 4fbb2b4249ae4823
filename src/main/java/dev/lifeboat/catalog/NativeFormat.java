package dev.lifeboat.catalog;

import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Lifeboat's own backups, and what the runbook's scripts leave beside them. Regions are listed at
 * the same time, manifests are read many at once.
 *
 * <p>Source: {@code docs/format.md}.
 */
public final class NativeFormat implements BackupFormat {
    private static final long MANIFEST_BYTES_AT_ONCE = 16L << 20;
    private static final int MANIFESTS_AT_ONCE = 64;

    private final RegionPair regions;
    private final BackupKeys keys;
    private final ManifestReading reading;

    /**
     * @param keyRing without it manifests are shown unauthenticated
     * @param cacheFolder where manifests that were read are kept
     */
    public NativeFormat(
            RegionPair regions, BackupKeys keys, Optional<KeyRing> keyRing, Path cacheFolder) {
        this.regions = regions;
        this.keys = keys;
        this.reading = new ManifestReading(keyRing, new ManifestCache(cacheFolder));
    }

    @Override
    public CatalogListing list(CancelToken cancel) throws RecoveryException {
        Map<Region.Role, RegionListing> listings = new EnumMap<>(Region.Role.class);
        Map<Region.Role, Problem> unreachable = new EnumMap<>(Region.Role.class);
        StorageException failure = listRegions(listings, unreachable, cancel);
        if (listings.isEmpty()) {
            throw failure;
        }
        List<Group> groups = groups(listings);
        List<CatalogEntry> entries =
                new InParallel(MANIFESTS_AT_ONCE, MANIFEST_BYTES_AT_ONCE, cancel)
                        .map(groups, Group::manifestBytes, group -> entry(group, unreachable));
        return new CatalogListing(entries, unreachable, notes(listings));
    }

    private StorageException listRegions(
            Map<Region.Role, RegionListing> listings,
            Map<Region.Role, Problem> unreachable,
            CancelToken cancel)
            throws RecoveryException {
        record Answer(RegionListing listing, StorageException failure) {}
        List<Answer> answers =
                new InParallel(regions.regions().size(), Long.MAX_VALUE, cancel)
                        .map(
                                regions.regions(),
                                _ -> 0,
                                region -> {
                                    try {
                                        return new Answer(
                                                RegionListing.of(region, keys, cancel), null);
                                    } catch (StorageException unanswered) {
                                        return new Answer(null, unanswered);
                                    }
                                });
        StorageException first = null;
        for (int i = 0; i < answers.size(); i++) {
            Region.Role role = regions.regions().get(i).role();
            Answer answer = answers.get(i);
            if (answer.failure == null) {
                listings.put(role, answer.listing);
            } else {
                unreachable.put(role, answer.failure.problem());
                first = first == null ? answer.failure : first;
            }
        }
        return first;
    }

    /** One backup's part of each listing. */
    private record Group(BackupPlace place, Map<Region.Role, BackupObjects> there, boolean upload) {
        long manifestBytes() {
            return there.values().stream()
                    .flatMap(objects -> objects.manifest().stream())
                    .mapToLong(ObjectInfo::sizeBytes)
                    .max()
                    .orElse(0);
        }
    }

    private List<Group> groups(Map<Region.Role, RegionListing> listings) {
        Map<String, BackupPlace> places = new TreeMap<>();
        Map<String, Boolean> onlyUploads = new TreeMap<>();
        listings.values()
                .forEach(listing -> listing.places().forEach((stem, p) -> places.put(stem, p)));
        for (RegionListing listing : listings.values()) {
            for (PendingUpload upload : listing.uploads()) {
                BackupPlace.of(keys, upload.key())
                        .filter(place -> !places.containsKey(place.stem()))
                        .ifPresent(
                                place -> {
                                    places.put(place.stem(), place);
                                    onlyUploads.put(place.stem(), true);
                                });
            }
        }
        List<Group> groups = new ArrayList<>();
        for (BackupPlace place : places.values()) {
            Map<Region.Role, BackupObjects> there = new EnumMap<>(Region.Role.class);
            listings.forEach(
                    (role, listing) ->
                            there.put(
                                    role,
                                    listing.objects()
                                            .getOrDefault(place.stem(), new BackupObjects())));
            groups.add(new Group(place, there, onlyUploads.containsKey(place.stem())));
        }
        return groups;
    }

    private CatalogEntry entry(Group group, Map<Region.Role, Problem> unreachable)
            throws CancelledException {
        var builder = new EntryBuilder(group.place, group.there, unreachable);
        SequencedMap<Region, ObjectInfo> copies = copies(group);
        if (copies.isEmpty()) {
            return group.place.foreign() && !group.upload
                    ? builder.withoutManifest()
                    : builder.unfinished();
        }
        ManifestFound found = reading.read(group.place.id(), copies);
        return found.manifest().isPresent() ? builder.finished(found) : builder.unreadable(found);
    }

    private SequencedMap<Region, ObjectInfo> copies(Group group) {
        SequencedMap<Region, ObjectInfo> copies = new LinkedHashMap<>();
        for (Region region : regions.regions()) {
            Optional.ofNullable(group.there.get(region.role()))
                    .flatMap(BackupObjects::manifest)
                    .ifPresent(manifest -> copies.put(region, manifest));
        }
        return copies;
    }

    private static List<String> notes(Map<Region.Role, RegionListing> listings) {
        List<String> notes = new ArrayList<>();
        listings.forEach(
                (role, listing) ->
                        listing.uploadsUnknown()
                                .ifPresent(
                                        why ->
                                                notes.add(
                                                        "Unfinished uploads of "
                                                                + role
                                                                + " are not shown: "
                                                                + why)));
        return notes;
    }

    @Override
    public Manifest manifest(CatalogEntry entry) throws RecoveryException {
        ManifestFound found = found(entry);
        if (found.problem().isPresent()) {
            throw new RecoveryException(found.problem().get());
        }
        if (!found.authenticated()) {
            throw new RecoveryException(
                    ProblemCode.KEY_MISSING,
                    "The manifest of " + entry.id() + " cannot be authenticated.",
                    "BACKUP_ENCRYPTION_KEY is not set.",
                    "Set it to the key with the fingerprint "
                            + entry.facts().keyFingerprint().orElse("of the backup")
                            + "; file:PATH and secretsmanager:NAME are read, too.");
        }
        return found.manifest().orElseThrow();
    }

    @Override
    public Manifest unauthenticatedManifest(CatalogEntry entry) throws RecoveryException {
        ManifestFound found = found(entry);
        if (found.manifest().isEmpty()) {
            throw new RecoveryException(found.problem().orElseThrow());
        }
        return found.manifest().get();
    }

    private ManifestFound found(CatalogEntry entry) throws RecoveryException {
        if (entry.status() == BackupStatus.NO_MANIFEST
                || entry.status() == BackupStatus.UNFINISHED) {
            throw new RecoveryException(
                    ProblemCode.BACKUP_INCOMPLETE,
                    "Backup " + entry.id() + " has no manifest.",
                    entry.status() == BackupStatus.UNFINISHED
                            ? "It is still being taken, or was interrupted."
                            : "The tool that made it writes none.",
                    "Choose another backup; `lifeboat catalog` shows what there is.");
        }
        SequencedMap<Region, ObjectInfo> copies = new LinkedHashMap<>();
        StorageException unanswered = null;
        for (Region region : regions.regions()) {
            try {
                region.store().head(entry.key()).ifPresent(object -> copies.put(region, object));
            } catch (StorageException failure) {
                unanswered = failure;
            }
        }
        if (copies.isEmpty()) {
            throw unanswered != null ? unanswered : gone(entry);
        }
        return reading.read(entry.id(), copies);
    }

    private static RecoveryException gone(CatalogEntry entry) {
        return new RecoveryException(
                ProblemCode.OBJECT_MISSING,
                "The manifest " + entry.key() + " is gone.",
                "It was there when the catalog was read, and no region has it now.",
                "Read the catalog again with `lifeboat catalog` and choose another backup.");
    }
}
