package dev.lifeboat.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of an object without its bytes.
 *
 * @param sizeBytes the whole object's size, also when a range of it was asked for
 * @param etag without quotes; changes when the content does, and says nothing else: it is a digest
 *     only sometimes
 * @param lastModified by the store's clock
 * @param storageClass as S3 writes it, {@code STANDARD} where nothing else was said
 * @param metadata what was stored with it; empty when it comes from a listing
 */
public record ObjectInfo(
        String key,
        long sizeBytes,
        String etag,
        Instant lastModified,
        String storageClass,
        Map<String, String> metadata,
        Availability availability) {
    /** The storage class of objects nobody chose one for. */
    public static final String STANDARD = "STANDARD";

    public ObjectInfo {
        Objects.requireNonNull(key);
        Objects.requireNonNull(etag);
        Objects.requireNonNull(lastModified);
        Objects.requireNonNull(storageClass);
        Objects.requireNonNull(availability);
        metadata = Map.copyOf(metadata);
    }

    /** The same as a listing would show it. */
    public ObjectInfo withoutMetadata() {
        return new ObjectInfo(
                key, sizeBytes, etag, lastModified, storageClass, Map.of(), availability);
    }

    /**
     * Whether the object's bytes can be read now.
     *
     * <p>Source: Amazon S3 User Guide, "Restoring an archived object"; API reference, HeadObject,
     * x-amz-restore.
     */
    public enum Availability {
        /** In a storage class that is always readable. */
        AVAILABLE,
        /** In an archive; it must be thawed first. */
        ARCHIVED,
        /** In an archive, asked back, not there yet. */
        THAWING,
        /** In an archive, with a readable copy for some days. */
        THAWED;

        public boolean isReadable() {
            return this == AVAILABLE || this == THAWED;
        }

        /** What an object of this class is when nobody asked it back. */
        public static Availability ofClass(String storageClass) {
            return switch (storageClass) {
                case "GLACIER", "DEEP_ARCHIVE" -> ARCHIVED;
                default -> AVAILABLE;
            };
        }
    }
}
