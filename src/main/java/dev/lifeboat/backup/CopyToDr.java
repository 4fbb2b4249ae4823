package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionCopy;
import dev.lifeboat.storage.RegionPair;

import java.util.List;

/**
 * Carries new objects from the preferred region to the other one, as the buckets' own replication
 * would. Nothing there is ever replaced.
 */
public final class CopyToDr {
    private static final int COPIES_AT_ONCE = 8;

    private final List<Region> regions;

    public CopyToDr(RegionPair regions) {
        this.regions = regions.regions();
    }

    /** Whether there is a second region to carry anything to. */
    public boolean isPossible() {
        return regions.size() > 1;
    }

    /**
     * Copies what lies below the prefix and is missing in the other region, manifests last.
     *
     * @throws RecoveryException what either store says; what was copied by then stays
     * @throws IllegalStateException when there is no second region
     */
    public RegionCopy.Outcome copy(String prefix, CancelToken cancel, Progress progress)
            throws RecoveryException {
        if (!isPossible()) {
            throw new IllegalStateException("there is no second region");
        }
        return new RegionCopy(regions.get(0).store(), regions.get(1).store(), COPIES_AT_ONCE)
                .copyMissing(prefix, CopyToDr::isManifest, cancel, progress);
    }

    private static boolean isManifest(String key) {
        return key.endsWith(BackupKeys.MANIFEST_SUFFIX)
                || key.endsWith("/" + BackupKeys.BASE_MANIFEST);
    }
}
