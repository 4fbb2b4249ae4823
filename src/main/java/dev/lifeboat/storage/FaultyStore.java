package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * A store in which things go wrong, for tests and drills. Which ones can be changed at any time;
 * the same random numbers give the same faults in the same order of requests.
 */
public final class FaultyStore extends StoreDecorator {
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final AtomicReference<String> lastRead = new AtomicReference<>("");
    private volatile Faults faults;

    public FaultyStore(ObjectStore inner, Faults faults, RandomGenerator random, Sleeper sleeper) {
        super(inner);
        this.faults = Objects.requireNonNull(faults);
        this.random = random;
        this.sleeper = sleeper;
    }

    /** What goes wrong from now on. */
    public void setFaults(Faults newFaults) {
        faults = Objects.requireNonNull(newFaults);
    }

    private interface Call<T> {
        T run() throws RecoveryException;
    }

    private <T> T risky(Call<T> call) throws RecoveryException {
        before();
        T result = call.run();
        if (happens(faults.answerLost())) {
            throw unreachable("The answer was lost.");
        }
        return result;
    }

    private void before() throws RecoveryException {
        Faults now = faults;
        if (now.delay().isPositive()) {
            sleeper.sleep(now.delay());
        }
        if (happens(now.unreachable())) {
            throw unreachable("The connection was refused.");
        }
        if (happens(now.throttled())) {
            throw new StorageException(
                    Kind.THROTTLED,
                    "A request to " + name() + " was refused on purpose.",
                    "The store answered SlowDown.",
                    "Try again later.");
        }
    }

    private boolean happens(double share) {
        synchronized (random) {
            return share > 0 && random.nextDouble() < share;
        }
    }

    private StorageException unreachable(String why) {
        return new StorageException(
                Kind.UNREACHABLE,
                "A request to " + name() + " failed on purpose.",
                why,
                "Try again.");
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        before();
        boolean breaks = happens(faults.truncated());
        int[] shown = {0};
        inner.list(
                prefix,
                startAfter,
                object -> {
                    if (breaks && shown[0]++ == 2) {
                        throw unreachable("The listing broke off.");
                    }
                    return visitor.visit(object);
                },
                cancel);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        return risky(() -> inner.head(key));
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        before();
        Faults now = faults;
        String other = lastRead.getAndSet(key);
        if (happens(now.swapped()) && !other.isEmpty() && !other.equals(key)) {
            Optional<ObjectStream> swapped = DamagedStream.swapped(inner, key, other, range);
            if (swapped.isPresent()) {
                return swapped.get();
            }
        }
        ObjectStream body = inner.get(key, range, expectedEtag);
        if (happens(now.shortened())) {
            return DamagedStream.shortened(body);
        }
        if (happens(now.flipped())) {
            return DamagedStream.flipped(body, below(body.lengthBytes()));
        }
        if (happens(now.truncated())) {
            return DamagedStream.truncated(name(), body, below(body.lengthBytes()));
        }
        return body;
    }

    private long below(long bound) {
        synchronized (random) {
            return bound == 0 ? 0 : random.nextLong(bound);
        }
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        return risky(() -> inner.put(key, body, options));
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        before();
        MultipartUpload upload = inner.begin(key, options);
        return new MultipartUpload() {
            @Override
            public String key() {
                return upload.key();
            }

            @Override
            public void part(int number, ByteSource bytes) throws RecoveryException {
                risky(
                        () -> {
                            upload.part(number, bytes);
                            return null;
                        });
            }

            @Override
            public ObjectInfo complete() throws RecoveryException {
                return risky(upload::complete);
            }

            @Override
            public void abort() throws RecoveryException {
                risky(
                        () -> {
                            upload.abort();
                            return null;
                        });
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        return risky(() -> inner.copyFrom(source, fromKey, toKey, onlyIfAbsent));
    }

    @Override
    public ObjectInfo changeClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        return risky(() -> inner.changeClass(key, expectedEtag, storageClass));
    }

    @Override
    public void delete(String key) throws RecoveryException {
        risky(
                () -> {
                    inner.delete(key);
                    return null;
                });
    }

    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        risky(
                () -> {
                    inner.thaw(key, days, tier);
                    return null;
                });
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        return risky(() -> inner.pendingUploads(prefix));
    }

    @Override
    public void abort(PendingUpload upload) throws RecoveryException {
        risky(
                () -> {
                    inner.abort(upload);
                    return null;
                });
    }

    @Override
    public Probe probe(String prefix) throws RecoveryException {
        try {
            before();
        } catch (StorageException failure) {
            Probe.Check failed = Probe.Check.failed(failure);
            return new Probe(name(), failed, failed, Optional.empty(), Optional.empty());
        }
        return inner.probe(prefix);
    }
}
