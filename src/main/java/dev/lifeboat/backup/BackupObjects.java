package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.PutOptions;

import java.util.ArrayList;
import java.util.List;

/**
 * The objects of one backup in the region it is written to. They all begin with the backup's own
 * stem, which no other backup has.
 */
final class BackupObjects {
    private final ObjectStore store;
    private final String stem;
    private final String manifestKey;

    /**
     * @param stem the key without suffix of a full; the folder, without slash, of a base
     */
    BackupObjects(ObjectStore store, String stem, String manifestKey) {
        this.store = store;
        this.stem = stem;
        this.manifestKey = manifestKey;
    }

    ObjectStore store() {
        return store;
    }

    String stem() {
        return stem;
    }

    String manifestKey() {
        return manifestKey;
    }

    void put(String key, ByteSource body) throws RecoveryException {
        store.put(own(key), body, PutOptions.plain());
    }

    /** Makes the backup one: from now on it is not removed by a failure. */
    void putManifest(byte[] manifest) throws RecoveryException {
        store.put(manifestKey, ByteSource.of(manifest), PutOptions.plain());
    }

    /**
     * @throws RecoveryException OBJECT_EXISTS when something lies under the stem
     */
    void requireNone() throws RecoveryException {
        List<String> there = keys();
        if (!there.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.OBJECT_EXISTS,
                    "There is a backup of this name already.",
                    store.name() + " holds " + there.getFirst() + ".",
                    "Take the backup again: it will have another time in its name.");
        }
    }

    /**
     * Removes what a backup without a manifest left, uploads in parts too. A backup with a manifest
     * is whole and is left alone.
     *
     * @return how many objects and uploads were removed
     */
    int discard() throws RecoveryException {
        if (store.head(manifestKey).isPresent()) {
            return 0;
        }
        int removed = 0;
        for (String key : keys()) {
            store.delete(own(key));
            removed++;
        }
        for (PendingUpload upload : store.pendingUploads(stem)) {
            if (isOwn(upload.key())) {
                store.abort(upload);
                removed++;
            }
        }
        return removed;
    }

    private List<String> keys() throws RecoveryException {
        var keys = new ArrayList<String>();
        store.list(
                stem,
                "",
                object -> {
                    if (isOwn(object.key())) {
                        keys.add(object.key());
                    }
                    return true;
                },
                CancelToken.never());
        return keys;
    }

    private String own(String key) {
        if (!isOwn(key)) {
            throw new IllegalArgumentException(key + " is not an object of the backup " + stem);
        }
        return key;
    }

    private boolean isOwn(String key) {
        return key.startsWith(stem + "/")
                || key.equals(stem + BackupKeys.DUMP_SUFFIX)
                || key.equals(stem + BackupKeys.GLOBALS_SUFFIX)
                || key.equals(stem + BackupKeys.CONFIG_SUFFIX)
                || key.equals(stem + BackupKeys.MANIFEST_SUFFIX);
    }
}
