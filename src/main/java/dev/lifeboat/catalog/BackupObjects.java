package dev.lifeboat.catalog;

import dev.lifeboat.storage.Keys;
import dev.lifeboat.storage.ObjectInfo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The objects of one backup in one region, as its listing shows them in key order. Keeps names and
 * sizes alone, since a base may have tens of thousands. Filled by one thread, then only read.
 */
final class BackupObjects {
    private static final List<String> COLDER =
            List.of(
                    "STANDARD",
                    "INTELLIGENT_TIERING",
                    "STANDARD_IA",
                    "ONEZONE_IA",
                    "GLACIER_IR",
                    "GLACIER",
                    "DEEP_ARCHIVE");

    private final List<String> names = new ArrayList<>(2);
    private long[] sizes = new long[2];
    private long storedBytes;
    private String storageClass = ObjectInfo.STANDARD;
    private Instant newest = Instant.MIN;
    private ObjectInfo manifest;
    private String etag = "";

    /**
     * @param name what follows the backup's stem in the key
     */
    void add(String name, ObjectInfo object) {
        if (!names.isEmpty() && Keys.ORDER.compare(names.getLast(), name) >= 0) {
            throw new IllegalStateException("a listing is not in the order of its keys");
        }
        if (names.size() == sizes.length) {
            sizes = Arrays.copyOf(sizes, sizes.length * 2);
        }
        sizes[names.size()] = object.sizeBytes();
        names.add(name);
        storedBytes += object.sizeBytes();
        etag = object.etag();
        newest = object.lastModified().isAfter(newest) ? object.lastModified() : newest;
        if (coldness(object.storageClass()) > coldness(storageClass)) {
            storageClass = object.storageClass();
        }
    }

    void addManifest(ObjectInfo object) {
        manifest = object;
    }

    private static int coldness(String storageClass) {
        int known = COLDER.indexOf(storageClass);
        return known < 0 ? COLDER.size() : known;
    }

    /** The stored size of the object; empty when it is not there. */
    OptionalLong sizeOf(String name) {
        int at = Collections.binarySearch(names, name, Keys.ORDER);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(sizes[at]);
    }

    Optional<ObjectInfo> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** How many there are, the manifest apart. */
    int count() {
        return names.size();
    }

    List<String> names() {
        return names;
    }

    /** Of all objects, the manifest apart. */
    long storedBytes() {
        return storedBytes;
    }

    /** The coldest of all objects, the manifest apart. */
    String storageClass() {
        return storageClass;
    }

    /** Of the last object shown. */
    String etag() {
        return etag;
    }

    /** When the newest object was stored; the manifest's own time when there is no other. */
    Instant newest() {
        return names.isEmpty() && manifest != null ? manifest.lastModified() : newest;
    }
}
