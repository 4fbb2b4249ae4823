package dev.lifeboat.storage;

import java.util.Objects;

/**
 * One of the versions that a bucket keeps of an object.
 *
 * @param id as the bucket names it
 * @param current whether its key holds it now
 * @param object what it is; without metadata
 */
public record ObjectVersion(String id, boolean current, ObjectInfo object) {
    public ObjectVersion {
        Objects.requireNonNull(id);
        Objects.requireNonNull(object);
    }
}
