package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries again what may pass ({@link StorageException#isTransient()}), with full jitter; permanent
 * failures are thrown at once. A listing goes on behind the last key it showed, a body at the byte
 * it reached if the object is still the same (else CHANGED). Progress renews the patience.
 *
 * <p>A conditional write whose first answer was lost must not report its own success as EXISTS: a
 * put compares what is there with its body, an upload in parts recognises itself by the metadata
 * {@value RetryingUpload#MARK}, a copy by size and ETag.
 */
public final class RetryingStore extends StoreDecorator {
    private final Retries retries;

    /**
     * @param sleeper {@code cancelToken::sleep} of the job, so that a stop ends a wait
     */
    public RetryingStore(
            ObjectStore inner,
            RetryPolicy policy,
            InstantSource clock,
            Sleeper sleeper,
            RandomGenerator random,
            RetryObserver observer) {
        super(inner);
        this.retries = new Retries(policy, clock, sleeper, random, observer);
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        ResumableListing listing = new ResumableListing(startAfter, visitor);
        Retries.Tries tries = retries.begin();
        while (true) {
            try {
                inner.list(prefix, listing.reached(), listing, cancel);
                return;
            } catch (StorageException failure) {
                if (listing.visitorFailed()) {
                    throw failure;
                }
                if (listing.progressed()) {
                    tries.progressed();
                }
                tries.failed(failure);
            }
        }
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        return retries.run(_ -> inner.head(key));
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        ObjectStream first = retries.run(_ -> inner.get(key, range, expectedEtag));
        return new ObjectStream(
                new ResumingStream(inner, retries, first),
                first.info(),
                first.firstByte(),
                first.lengthBytes());
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        return retries.run(
                tries -> {
                    try {
                        return inner.put(key, body, options);
                    } catch (StorageException failure) {
                        if (failure.kind() != Kind.EXISTS || !tries.mayBeDone()) {
                            throw failure;
                        }
                        return own(key, body, options).orElseThrow(() -> failure);
                    }
                });
    }

    /** The object under the key, when it is exactly what was to be put there. */
    private Optional<ObjectInfo> own(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        try (ObjectStream there = get(key, ByteRange.whole(), null);
                var wanted = body.open()) {
            boolean same =
                    there.info().sizeBytes() == body.sizeBytes()
                            && there.info().metadata().equals(options.metadata())
                            && Bytes.same(there, wanted);
            return same ? Optional.of(there.info()) : Optional.empty();
        } catch (IOException broken) {
            throw StorageException.in(broken, key, inner);
        }
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        PutOptions marked = RetryingUpload.mark(options);
        MultipartUpload upload = retries.run(_ -> inner.begin(key, marked));
        return new RetryingUpload(inner, upload, marked, retries);
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        return retries.run(
                tries -> {
                    try {
                        return inner.copyFrom(source, fromKey, toKey, onlyIfAbsent);
                    } catch (StorageException failure) {
                        if (failure.kind() != Kind.EXISTS || !tries.mayBeDone()) {
                            throw failure;
                        }
                        Optional<ObjectInfo> there = inner.head(toKey);
                        Optional<ObjectInfo> wanted = source.head(fromKey);
                        if (there.isPresent()
                                && wanted.isPresent()
                                && there.get().sizeBytes() == wanted.get().sizeBytes()
                                && there.get().etag().equals(wanted.get().etag())) {
                            return there;
                        }
                        throw failure;
                    }
                });
    }

    @Override
    public ObjectInfo changeClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        return retries.run(_ -> inner.changeClass(key, expectedEtag, storageClass));
    }

    @Override
    public void delete(String key) throws RecoveryException {
        retries.run(
                _ -> {
                    inner.delete(key);
                    return null;
                });
    }

    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        retries.run(
                _ -> {
                    inner.thaw(key, days, tier);
                    return null;
                });
    }

    @Override
    public Optional<ObjectVersions> versions() throws RecoveryException {
        return retries.run(_ -> inner.versions()).map(Patient::new);
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        return retries.run(_ -> inner.pendingUploads(prefix));
    }

    @Override
    public void abort(PendingUpload upload) throws RecoveryException {
        retries.run(
                _ -> {
                    inner.abort(upload);
                    return null;
                });
    }

    @Override
    public Probe probe(String prefix) throws RecoveryException {
        Retries.Tries tries = retries.begin();
        while (true) {
            Probe probe = inner.probe(prefix);
            Optional<StorageException> passing = probe.passing();
            if (passing.isEmpty()) {
                return probe;
            }
            try {
                tries.failed(passing.get());
            } catch (StorageException _) {
                return probe;
            }
        }
    }

    private final class Patient implements ObjectVersions {
        private final ObjectVersions versions;

        Patient(ObjectVersions versions) {
            this.versions = versions;
        }

        @Override
        public List<ObjectVersion> of(String key) throws RecoveryException {
            return retries.run(_ -> versions.of(key));
        }

        @Override
        public ObjectStream get(ObjectVersion version, ByteRange range) throws RecoveryException {
            ObjectStream first = retries.run(_ -> versions.get(version, range));
            var rest = new VersionView(inner, versions, version);
            return new ObjectStream(
                    new ResumingStream(rest, retries, first),
                    first.info(),
                    first.firstByte(),
                    first.lengthBytes());
        }
    }
}
