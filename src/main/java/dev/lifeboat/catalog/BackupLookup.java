package dev.lifeboat.catalog;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Presence;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the backup that an {@code s3://} address stands for, listed or not. */
final class BackupLookup {
    private static final String SCHEME = "s3://";

    private final RegionPair regions;
    private final BackupKeys keys;

    BackupLookup(RegionPair regions, BackupKeys keys) {
        this.regions = regions;
        this.keys = keys;
    }

    static boolean isAddress(String name) {
        return name.startsWith(SCHEME);
    }

    /**
     * A listed backup that the address names by any of its keys; else the one object there, as a
     * backup without manifest.
     */
    CatalogEntry at(CatalogListing listing, String address) throws RecoveryException {
        String key = key(address);
        Optional<String> stem = BackupPlace.of(keys, key).map(BackupPlace::stem);
        for (CatalogEntry entry : listing.entries()) {
            String own = stem(entry);
            if (own.equals(key) || own.equals(stem.orElse(null))) {
                return entry;
            }
        }
        return object(key, address);
    }

    String stem(CatalogEntry entry) {
        return BackupPlace.of(keys, entry.key()).map(BackupPlace::stem).orElse(entry.key());
    }

    List<ObjectInfo> objects(CatalogEntry entry, Region region, CancelToken cancel)
            throws RecoveryException {
        String stem = stem(entry);
        List<ObjectInfo> found = new ArrayList<>();
        region.store()
                .list(
                        stem,
                        "",
                        object -> {
                            if (isOf(stem, object.key())) {
                                found.add(object);
                            }
                            return true;
                        },
                        cancel);
        return found;
    }

    List<PendingUpload> uploads(CatalogEntry entry, Region region) throws RecoveryException {
        String stem = stem(entry);
        return region.store().pendingUploads(stem).stream()
                .filter(upload -> isOf(stem, upload.key()))
                .toList();
    }

    private boolean isOf(String stem, String key) {
        return BackupPlace.of(keys, key).map(BackupPlace::stem).filter(stem::equals).isPresent();
    }

    private String key(String address) throws RecoveryException {
        for (Region region : regions.regions()) {
            String bucket = region.store().name() + "/";
            if (address.startsWith(bucket) && address.length() > bucket.length()) {
                return address.substring(bucket.length());
            }
        }
        String buckets =
                regions.regions().stream()
                        .map(region -> region.store().name())
                        .collect(Collectors.joining(" and "));
        throw new RecoveryException(
                ProblemCode.USAGE,
                "'" + address + "' lies in no bucket that is set up.",
                "Set up: " + buckets + ".",
                "Set BACKUP_BUCKET to its bucket, or choose the profile it belongs to.");
    }

    private CatalogEntry object(String key, String address) throws RecoveryException {
        Map<Region.Role, BackupObjects> there = new EnumMap<>(Region.Role.class);
        Map<Region.Role, Problem> unreachable = new EnumMap<>(Region.Role.class);
        BackupPlace place = BackupPlace.foreign(key);
        for (Presence presence : regions.locate(key)) {
            presence.problem()
                    .ifPresent(problem -> unreachable.put(presence.region().role(), problem));
            if (presence.problem().isEmpty()) {
                BackupObjects objects = new BackupObjects();
                presence.object().ifPresent(object -> objects.add(place.name(), object));
                there.put(presence.region().role(), objects);
            }
        }
        boolean found = there.values().stream().anyMatch(objects -> objects.count() > 0);
        if (!found) {
            throw absent(address, List.copyOf(unreachable.values()));
        }
        return new EntryBuilder(place, there, unreachable).withoutManifest();
    }

    private static RecoveryException absent(String address, List<Problem> unknown) {
        return unknown.isEmpty()
                ? new RecoveryException(
                        ProblemCode.BACKUP_UNKNOWN,
                        "There is no object " + address + ".",
                        "Every region answered, and none has it.",
                        "Choose a backup that `lifeboat catalog` shows.")
                : new RecoveryException(unknown.getFirst());
    }
}
