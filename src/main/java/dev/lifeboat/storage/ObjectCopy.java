package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.Optional;

/** Copies an object, inside the service where it can do that, else through this program. */
public final class ObjectCopy {
    private static final int PART_BYTES = 16 << 20;
    private static final int PARALLEL_PARTS = 2;

    private ObjectCopy() {}

    /**
     * Copies one object with metadata and storage class. What arrives is the object as it was when
     * the copy began, or nothing.
     *
     * @param onlyIfAbsent never replace an object: EXISTS when the key is taken
     */
    public static ObjectInfo copy(
            ObjectStore from, String fromKey, ObjectStore to, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        Optional<ObjectInfo> copied = to.copyFrom(from, fromKey, toKey, onlyIfAbsent);
        return copied.isPresent() ? copied.get() : stream(from, fromKey, to, toKey, onlyIfAbsent);
    }

    private static ObjectInfo stream(
            ObjectStore from, String fromKey, ObjectStore to, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        try (ObjectStream body = from.get(fromKey, ByteRange.whole(), null)) {
            return stream(body, to, toKey, asStored(body.info(), from, onlyIfAbsent));
        } catch (IOException broken) {
            throw StorageException.in(broken, fromKey, from);
        }
    }

    /** Reads the object and writes it again under its own key, in another storage class. */
    static ObjectInfo intoClass(ObjectStore store, String key, String etag, String storageClass)
            throws RecoveryException {
        try (ObjectStream body = store.get(key, ByteRange.whole(), etag)) {
            PutOptions options = asStored(body.info(), store, false);
            return stream(body, store, key, options.withStorageClass(storageClass));
        } catch (IOException broken) {
            throw StorageException.in(broken, key, store);
        }
    }

    private static ObjectInfo stream(
            ObjectStream body, ObjectStore to, String toKey, PutOptions options)
            throws RecoveryException, IOException {
        try (MultipartOutput out =
                new MultipartOutput(to, toKey, options, PART_BYTES, PARALLEL_PARTS)) {
            body.transferTo(out);
            return out.complete().info();
        }
    }

    private static PutOptions asStored(ObjectInfo source, ObjectStore from, boolean onlyIfAbsent)
            throws StorageException {
        try {
            return new PutOptions(source.metadata(), source.storageClass(), onlyIfAbsent);
        } catch (IllegalArgumentException unusual) {
            throw new StorageException(
                    StorageException.Kind.OTHER,
                    "'" + source.key() + "' in " + from.name() + " cannot be copied.",
                    "It carries " + unusual.getMessage() + ".",
                    "Copy it with: aws s3 cp",
                    unusual);
        }
    }
}
