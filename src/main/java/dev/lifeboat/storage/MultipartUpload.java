package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

/**
 * An object on its way in parts. Parts may be sent by many threads at once and in any order; {@link
 * #complete()} is called once, after all parts have arrived.
 *
 * <p>Source: Amazon S3 User Guide, "Amazon S3 multipart upload limits".
 */
public interface MultipartUpload extends AutoCloseable {
    /** Every part but the last has at least this size. */
    long MIN_PART_BYTES = 5L << 20;

    /** Parts are numbered from 1 to this. */
    int MAX_PARTS = 10_000;

    String key();

    /** Sends a part; sending the same number again replaces it. */
    void part(int number, ByteSource bytes) throws RecoveryException;

    /**
     * Makes the object visible: all parts in the order of their numbers.
     *
     * @throws StorageException EXISTS when the upload was begun {@code ifAbsent} and the key is
     *     taken by now; UPLOAD_GONE when somebody else ended the upload
     */
    ObjectInfo complete() throws RecoveryException;

    /** Ends the upload and frees its parts; nothing becomes visible. */
    void abort() throws RecoveryException;

    /**
     * Aborts what was not completed; a failure to do so is logged, and the upload stays pending.
     */
    @Override
    void close();
}
