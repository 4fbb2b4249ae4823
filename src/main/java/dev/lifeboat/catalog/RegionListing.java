package dev.lifeboat.catalog;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StorageException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one region's listing shows below {@code backups/}, put together by backup.
 *
 * @param objects by the backup's stem
 * @param places by the backup's stem
 * @param uploads begun and not ended, below the same prefix
 * @param uploadsUnknown why nothing is known of uploads, when that is so
 */
record RegionListing(
        Region.Role role,
        Map<String, BackupObjects> objects,
        Map<String, BackupPlace> places,
        List<PendingUpload> uploads,
        Optional<String> uploadsUnknown) {
    private static final int LISTINGS_AT_ONCE = 16;

    static RegionListing of(Region region, BackupKeys keys, CancelToken cancel)
            throws RecoveryException {
        Map<String, BackupObjects> objects = new HashMap<>();
        Map<String, BackupPlace> places = new HashMap<>();
        new ParallelListing(region.store(), LISTINGS_AT_ONCE)
                .list(
                        keys.backups(),
                        object -> {
                            BackupPlace.of(keys, object.key())
                                    .ifPresent(place -> add(objects, places, place, object));
                            return true;
                        },
                        cancel);
        objects.values().forEach(BackupObjects::seal);
        try {
            List<PendingUpload> uploads = region.store().pendingUploads(keys.backups());
            return new RegionListing(region.role(), objects, places, uploads, Optional.empty());
        } catch (StorageException failure) {
            return new RegionListing(
                    region.role(),
                    objects,
                    places,
                    new ArrayList<>(),
                    Optional.of(failure.problem().why()));
        }
    }

    private static void add(
            Map<String, BackupObjects> objects,
            Map<String, BackupPlace> places,
            BackupPlace place,
            ObjectInfo object) {
        BackupObjects group = objects.computeIfAbsent(place.stem(), _ -> new BackupObjects());
        places.putIfAbsent(place.stem(), place);
        if (place.isManifest()) {
            group.addManifest(object);
        } else {
            group.add(place.name(), object);
        }
    }
}
