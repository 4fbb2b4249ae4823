package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records in the buckets, from listings; a record in both regions counts once. */
final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final int LISTINGS_AT_ONCE = 4;

    /** The kind of record that a drill leaves. */
    private static final String DRILL = "drill";

    private final RegionPair regions;
    private final BackupKeys keys;
    private final CancelToken cancel;

    Records(RegionPair regions, BackupKeys keys, CancelToken cancel) {
        this.regions = regions;
        this.keys = keys;
        this.cancel = cancel;
    }

    /**
     * Backups that failed.
     *
     * @throws RecoveryException when no region could be listed
     */
    List<BackupFailure> failures() throws RecoveryException {
        return all(BackupFailure.RECORD_KIND).keySet().stream()
                .flatMap(key -> BackupFailure.parse(key).stream())
                .toList();
    }

    /**
     * When drills were held; as {@link #failures}.
     *
     * @throws RecoveryException when no region could be listed
     */
    List<Instant> drills() throws RecoveryException {
        return all(DRILL).values().stream().map(ObjectInfo::lastModified).toList();
    }

    private Map<String, ObjectInfo> all(String kind) throws RecoveryException {
        Map<String, ObjectInfo> found = new TreeMap<>();
        StorageException unanswered = null;
        int answered = 0;
        for (Region region : regions.regions()) {
            try {
                for (ObjectInfo record :
                        new ParallelListing(region.store(), LISTINGS_AT_ONCE)
                                .all(keys.records(kind), cancel)) {
                    found.merge(record.key(), record, Records::earlier);
                }
                answered++;
            } catch (StorageException failure) {
                LOG.debug("Records of {} cannot be listed", region.name(), failure);
                unanswered = failure;
            }
        }
        if (answered == 0 && unanswered != null) {
            throw unanswered;
        }
        return found;
    }

    /** A replica is written later than what it is of. */
    private static ObjectInfo earlier(ObjectInfo a, ObjectInfo b) {
        return a.lastModified().isBefore(b.lastModified()) ? a : b;
    }
}
