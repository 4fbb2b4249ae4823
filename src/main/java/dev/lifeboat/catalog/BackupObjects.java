package dev.lifeboat.catalog;

import dev.lifeboat.storage.ObjectInfo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The objects of one backup in one region, as its listing shows them, in any order. Keeps names and
 * sizes alone, since a base may have tens of thousands. Filled by one thread at a time, sealed,
 * then only read.
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

    private static final Comparator<Named> BY_NAME = Comparator.comparing(Named::name);

    private final List<Named> objects = new ArrayList<>(2);

    private record Named(String name, long sizeBytes) {}

    private long storedBytes;
    private String storageClass = ObjectInfo.STANDARD;
    private Instant newest = Instant.MIN;
    private ObjectInfo manifest;
    private String etag = "";

    /**
     * @param name what follows the backup's stem in the key
     */
    void add(String name, ObjectInfo object) {
        objects.add(new Named(name, object.sizeBytes()));
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

    /** To be called once, when all objects were added. */
    BackupObjects seal() {
        objects.sort(BY_NAME);
        return this;
    }

    /** The stored size of the object; empty when it is not there. */
    OptionalLong sizeOf(String name) {
        int at = Collections.binarySearch(objects, new Named(name, 0), BY_NAME);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(objects.get(at).sizeBytes());
    }

    Optional<ObjectInfo> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** How many there are, the manifest apart. */
    int count() {
        return objects.size();
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
        return objects.isEmpty() && manifest != null ? manifest.lastModified() : newest;
    }
}
