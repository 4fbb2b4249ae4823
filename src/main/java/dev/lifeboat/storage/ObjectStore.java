package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.util.List;
import java.util.Optional;

/**
 * One bucket of objects under keys, or a folder or a map that behaves like one.
 *
 * <p>Every method may be called by many threads at once. Whatever fails is a {@link
 * StorageException} whose {@link StorageException#kind() kind} says what is known; a {@link
 * dev.lifeboat.kernel.CancelledException} says that the caller's thread was interrupted or its
 * token cancelled. "Absent" is only ever said when the store proved it: a denied or failed request,
 * or a bucket that does not exist, is never read as absence.
 *
 * <p>Keys are ordered by their UTF-8 bytes ({@link Keys#ORDER}). Reads see what was written before
 * they began (Source: Amazon S3 User Guide, "Amazon S3 data consistency model").
 */
public interface ObjectStore extends AutoCloseable {
    /** What people call it, for example {@code s3://bucket}; holds no secret. */
    String name();

    /**
     * Shows every object whose key begins with {@code prefix} to the visitor, in key order, in the
     * calling thread.
     *
     * @param startAfter only keys behind this one are shown; empty for all. It need not exist.
     */
    void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException;

    /** The object's description, or empty only when its absence was proven. */
    Optional<ObjectInfo> head(String key) throws RecoveryException;

    /**
     * Opens the object's bytes. The stream belongs to the caller, who closes it. A body that ends
     * before the promised length makes {@code read} throw an {@link StreamException} of kind
     * TRUNCATED, never a quiet end of file.
     *
     * @param expectedEtag the object must still have this ETag, else CHANGED; null for any
     * @throws StorageException ABSENT when proven; RANGE when the object ends before the range
     *     begins; ARCHIVED when it must be thawed first
     */
    ObjectStream get(String key, ByteRange range, String expectedEtag) throws RecoveryException;

    /**
     * Stores the body under the key in one step: afterwards the key holds all of it, or what it
     * held before.
     *
     * @throws StorageException EXISTS when {@link PutOptions#ifAbsent()} was asked for and the key
     *     is taken; the object there is untouched
     */
    ObjectInfo put(String key, ByteSource body, PutOptions options) throws RecoveryException;

    /** Begins an upload in parts; nothing is visible under the key before it is completed. */
    MultipartUpload begin(String key, PutOptions options) throws RecoveryException;

    /**
     * Copies an object of another store into this one inside the service, without its bytes passing
     * through here. Metadata and storage class stay.
     *
     * @param onlyIfAbsent never replace an object: EXISTS when the key is taken
     * @return empty when these two stores cannot do that; nothing was changed then, and the caller
     *     streams ({@link ObjectCopy})
     * @throws StorageException ABSENT when the source is proven to have no such object
     */
    Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException;

    /** Copies within this store; replaces what is under {@code toKey}. */
    default ObjectInfo copy(String fromKey, String toKey) throws RecoveryException {
        return ObjectCopy.copy(this, fromKey, this, toKey, false);
    }

    /**
     * Moves the object to another storage class. Its bytes and metadata stay; its ETag may become
     * another one.
     *
     * @param expectedEtag the object must still have this ETag, else CHANGED
     * @param storageClass as S3 writes it
     * @throws StorageException ARCHIVED when its bytes cannot be read now
     */
    default ObjectInfo changeClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        return ObjectCopy.intoClass(this, key, expectedEtag, storageClass);
    }

    /** Removes the object. A key that holds nothing is no error. */
    void delete(String key) throws RecoveryException;

    /**
     * Asks for a readable copy of an archived object. Returns at once; {@link
     * ObjectInfo#availability()} tells when it is there. Asking again is no error, and so is asking
     * for an object that is not archived.
     *
     * @param days how long the copy stays
     */
    void thaw(String key, int days, ThawTier tier) throws RecoveryException;

    /**
     * The versions of its objects, where the bucket keeps them; one whose versioning was suspended
     * still has those from before.
     *
     * @return empty when the bucket keeps none, or the service knows no versions
     * @throws StorageException when that cannot be found out, ACCESS_DENIED among others
     */
    default Optional<ObjectVersions> versions() throws RecoveryException {
        return Optional.empty();
    }

    /** Uploads in parts that were begun and neither completed nor aborted, in key order. */
    List<PendingUpload> pendingUploads(String prefix) throws RecoveryException;

    /** Ends a pending upload and frees its parts. One that is gone already is no error. */
    void abort(PendingUpload upload) throws RecoveryException;

    /**
     * Finds out in a few requests what can be done here, changing nothing. Answers with what went
     * wrong instead of throwing it.
     *
     * @param prefix the keys that matter; rights may differ by prefix
     */
    Probe probe(String prefix) throws RecoveryException;

    /** The store that does the work below any decorators. */
    default ObjectStore innermost() {
        return this;
    }

    /** Gives connections back. What is read or written afterwards fails. */
    @Override
    void close();
}
