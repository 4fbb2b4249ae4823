package dev.lifeboat.wal.archive;

import dev.lifeboat.storage.ObjectInfo;

/**
 * Tells one stored object from another that took its place, in eight bytes: from size and ETag, as
 * a listing shows them. It guards a cache against what changed, not against whoever wants to
 * deceive: that is what the HMAC of a WAL object is for.
 */
public final class ObjectIdentity {
    /** No object has it. */
    public static final long NONE = 0;

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private ObjectIdentity() {}

    /** Never {@link #NONE}. */
    public static long of(ObjectInfo object) {
        return of(object.sizeBytes(), object.etag());
    }

    /** FNV-1a over the ETag's characters and the eight bytes of the size. */
    public static long of(long sizeBytes, String etag) {
        long hash = OFFSET;
        for (int i = 0; i < etag.length(); i++) {
            hash = (hash ^ etag.charAt(i)) * PRIME;
        }
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (sizeBytes >>> shift & 0xFF)) * PRIME;
        }
        return hash == NONE ? 1 : hash;
    }
}
