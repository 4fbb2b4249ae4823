package dev.lifeboat.storage;

import java.util.Map;
import java.util.Objects;

/**
 * How an object is stored.
 *
 * @param metadata travels with the object: names of lower-case letters, digits and what HTTP allows
 *     in a header's name, values of printable ASCII, 2 KiB together (Source: Amazon S3 User Guide,
 *     "Working with object metadata")
 * @param storageClass as S3 writes it
 * @param ifAbsent store only when the key holds nothing
 */
public record PutOptions(Map<String, String> metadata, String storageClass, boolean ifAbsent) {
    private static final int METADATA_LIMIT_BYTES = 2048;
    private static final PutOptions PLAIN = new PutOptions(Map.of(), ObjectInfo.STANDARD, false);

    public PutOptions {
        metadata = Map.copyOf(metadata);
        Objects.requireNonNull(storageClass);
        int bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().length();
            if (!entry.getKey().matches("[a-z0-9!#$%&'*+.^_`|~-]+")
                    || !entry.getValue().matches("|[!-~]([ -~]*[!-~])?")) {
                throw new IllegalArgumentException("metadata S3 would not keep: " + entry.getKey());
            }
        }
        if (bytes > METADATA_LIMIT_BYTES) {
            throw new IllegalArgumentException(bytes + " bytes of metadata, S3 takes 2 KiB");
        }
    }

    /** No metadata, STANDARD, replacing what is there. */
    public static PutOptions plain() {
        return PLAIN;
    }

    public PutOptions withMetadata(Map<String, String> newMetadata) {
        return new PutOptions(newMetadata, storageClass, ifAbsent);
    }

    public PutOptions withStorageClass(String newStorageClass) {
        return new PutOptions(metadata, newStorageClass, ifAbsent);
    }

    /** The same, refusing to replace an object. */
    public PutOptions onlyIfAbsent() {
        return new PutOptions(metadata, storageClass, true);
    }
}
