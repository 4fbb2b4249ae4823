package dev.lifeboat.rotation;

import dev.lifeboat.catalog.InParallel;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.archive.WalRekey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of the index of WAL under an older key. They are a cache that anybody may make again,
 * and what they tell of WAL that was encrypted anew is not believed any more: they are dropped. An
 * object that names no key is nobody's, and stays.
 */
final class IndexKeys {
    private static final int REQUESTS_AT_ONCE = 32;

    private final RegionPair wal;
    private final String prefix;
    private final CancelToken cancel;

    IndexKeys(RegionPair wal, String prefix, CancelToken cancel) {
        this.wal = wal;
        this.prefix = prefix;
        this.cancel = cancel;
    }

    /** One block of one region. */
    record Block(Region region, String key) {}

    /** Those under another key than the current one. */
    List<Block> old(KeyRing keys) throws RecoveryException {
        List<Block> old = new ArrayList<>();
        for (Region region : wal.regions()) {
            for (Optional<ObjectInfo> block :
                    new InParallel(REQUESTS_AT_ONCE, Long.MAX_VALUE, cancel)
                            .map(keys(region), _ -> 0, key -> region.store().head(key))) {
                block.filter(found -> isOld(found, keys))
                        .ifPresent(found -> old.add(new Block(region, found.key())));
            }
        }
        return old;
    }

    private static boolean isOld(ObjectInfo found, KeyRing keys) {
        return WalRekey.keyOf(found)
                .filter(key -> !key.equals(keys.current().fingerprint()))
                .isPresent();
    }

    private List<String> keys(Region region) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        region.store()
                .list(
                        prefix + IndexObjects.FOLDER,
                        "",
                        object -> {
                            if (IndexObjects.name(prefix, object.key()).isPresent()) {
                                keys.add(object.key());
                            }
                            return true;
                        },
                        cancel);
        return keys;
    }

    /** Removes them; gives how many there were. */
    long drop(KeyRing keys, Lease lease) throws RecoveryException {
        List<Block> old = old(keys);
        for (Block block : old) {
            lease.keep();
            cancel.check();
            block.region.store().delete(block.key);
        }
        return old.size();
    }
}
