package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.util.List;
import java.util.Optional;

/** A store around a store: hands everything on, so that a subclass says only what it changes. */
abstract class StoreDecorator implements ObjectStore {
    protected final ObjectStore inner;

    protected StoreDecorator(ObjectStore inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        inner.list(prefix, startAfter, visitor, cancel);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        return inner.head(key);
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        return inner.get(key, range, expectedEtag);
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        return inner.put(key, body, options);
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        return inner.begin(key, options);
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        return inner.copyFrom(source, fromKey, toKey, onlyIfAbsent);
    }

    @Override
    public ObjectInfo changeClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        return inner.changeClass(key, expectedEtag, storageClass);
    }

    @Override
    public void delete(String key) throws RecoveryException {
        inner.delete(key);
    }

    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        inner.thaw(key, days, tier);
    }

    @Override
    public Optional<ObjectVersions> versions() throws RecoveryException {
        return inner.versions();
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        return inner.pendingUploads(prefix);
    }

    @Override
    public void abort(PendingUpload upload) throws RecoveryException {
        inner.abort(upload);
    }

    @Override
    public Probe probe(String prefix) throws RecoveryException {
        return inner.probe(prefix);
    }

    @Override
    public ObjectStore innermost() {
        return inner.innermost();
    }

    @Override
    public void close() {
        inner.close();
    }
}
