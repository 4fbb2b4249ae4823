package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A store as if one key held an older version of its object. For reading that key alone: whatever
 * writes, or speaks of other keys, is an error of the program.
 */
public final class VersionView implements ObjectStore {
    private static final ByteRange FIRST_BYTE = ByteRange.of(0, 1);

    private final ObjectStore store;
    private final ObjectVersions versions;
    private final ObjectVersion version;

    /**
     * @param store whose versions they are; stays the caller's
     */
    public VersionView(ObjectStore store, ObjectVersions versions, ObjectVersion version) {
        this.store = store;
        this.versions = versions;
        this.version = version;
    }

    @Override
    public String name() {
        return store.name();
    }

    /** With the metadata of that version; empty when the version is gone or holds no byte. */
    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        requireOwn(key);
        try (ObjectStream first = versions.get(version, FIRST_BYTE)) {
            return Optional.of(first.info());
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.ABSENT
                    || failure.kind() == StorageException.Kind.RANGE) {
                return Optional.empty();
            }
            throw failure;
        } catch (IOException closing) {
            throw StorageException.in(closing, key, this);
        }
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        requireOwn(key);
        if (expectedEtag != null && !expectedEtag.equals(version.object().etag())) {
            throw StorageException.changed(name(), key, expectedEtag);
        }
        return versions.get(version, range);
    }

    private void requireOwn(String key) {
        if (!key.equals(version.object().key())) {
            throw new IllegalArgumentException("a version of another object than '" + key + "'");
        }
    }

    private UnsupportedOperationException readsOnly() {
        return new UnsupportedOperationException("an older version is only read");
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel) {
        throw readsOnly();
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options) {
        throw readsOnly();
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) {
        throw readsOnly();
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent) {
        throw readsOnly();
    }

    @Override
    public void delete(String key) {
        throw readsOnly();
    }

    @Override
    public void thaw(String key, int days, ThawTier tier) {
        throw readsOnly();
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        throw readsOnly();
    }

    @Override
    public void abort(PendingUpload upload) {
        throw readsOnly();
    }

    @Override
    public Probe probe(String prefix) {
        throw readsOnly();
    }

    /** Nothing: the store stays its owner's. */
    @Override
    public void close() {}
}
