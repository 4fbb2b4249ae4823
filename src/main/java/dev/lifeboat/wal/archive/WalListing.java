package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.WalFileName;

import java.util.ArrayList;
import java.util.List;

/** Lists the WAL folder of one region. */
final class WalListing {
    private static final int LISTINGS_AT_ONCE = 16;

    private final String folder;
    private final String prefix;

    WalListing(String prefix) {
        this.prefix = prefix;
        this.folder = prefix + ArchivedWal.FOLDER;
    }

    String folder() {
        return folder;
    }

    String prefix() {
        return prefix;
    }

    /** All forms of one file: none means that the region proved that it holds none. */
    List<WalCopy> copies(Region region, WalFileName file) throws RecoveryException {
        var copies = new ArrayList<WalCopy>();
        region.store()
                .list(
                        folder + file.name(),
                        "",
                        object -> {
                            ArchivedWal.parseKey(prefix, object.key())
                                    .filter(wal -> wal.file().equals(file))
                                    .ifPresent(wal -> copies.add(new WalCopy(region, wal, object)));
                            return true;
                        },
                        CancelToken.never());
        return copies;
    }

    RegionInventory inventory(Region region, CancelToken cancel) throws RecoveryException {
        var inventory = new RegionInventory(region.role());
        new ParallelListing(region.store(), LISTINGS_AT_ONCE)
                .list(
                        folder,
                        object -> {
                            ArchivedWal.parseKey(prefix, object.key())
                                    .ifPresent(wal -> inventory.add(wal, object));
                            return true;
                        },
                        cancel);
        inventory.seal();
        return inventory;
    }
}
