package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/** The versions of objects that a bucket keeps. Safe for many threads; fails as a store does. */
public interface ObjectVersions {
    /**
     * Every version of the object that has bytes, the newest first, also when its key holds nothing
     * now. What only says that the object was removed is left out.
     */
    List<ObjectVersion> of(String key) throws RecoveryException;

    /**
     * Opens the bytes of one version, as {@link ObjectStore#get} does those of the current one.
     *
     * @throws StorageException ABSENT when that version is gone; ARCHIVED when it must be thawed
     */
    ObjectStream get(ObjectVersion version, ByteRange range) throws RecoveryException;
}
