package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.archive.RegionInventory;
import dev.lifeboat.wal.archive.WalInventory;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When WAL files were stored, by the stores' clocks: the earliest of their copies, since a copy
 * made later tells nothing of the file's age. Asked for few files only. For one thread.
 */
final class StoredTimes {
    private final RegionPair regions;
    private final WalInventory inventory;
    private final String prefix;
    private final Map<String, Optional<Instant>> known = new HashMap<>();

    StoredTimes(RegionPair regions, WalInventory inventory, String prefix) {
        this.regions = regions;
        this.inventory = inventory;
        this.prefix = prefix;
    }

    /** Empty when no region that holds the file answers. */
    Optional<Instant> of(String walFile) throws RecoveryException {
        Optional<Instant> time = known.get(walFile);
        if (time == null) {
            time = ask(WalFileName.parse(walFile));
            known.put(walFile, time);
        }
        return time;
    }

    private Optional<Instant> ask(WalFileName file) throws RecoveryException {
        Optional<Instant> earliest = Optional.empty();
        for (Region region : regions.regions()) {
            Optional<RegionInventory> listed = inventory.region(region.role());
            if (listed.isEmpty()) {
                continue;
            }
            for (ArchivedForm form : listed.get().forms(file)) {
                Optional<Instant> time = head(region, new ArchivedWal(file, form).key(prefix));
                earliest = earlier(earliest, time);
            }
        }
        return earliest;
    }

    private static Optional<Instant> head(Region region, String key) throws RecoveryException {
        try {
            return region.store().head(key).map(ObjectInfo::lastModified);
        } catch (StorageException unanswered) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
        return Stream.concat(a.stream(), b.stream()).min(Comparator.naturalOrder());
    }
}
