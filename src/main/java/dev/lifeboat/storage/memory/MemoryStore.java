package dev.lifeboat.storage.memory;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.Keys;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectInfo.Availability;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.ObjectVisitor;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.ThawTier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Objects in memory, behaving as S3 does: archive classes must be thawed, which takes {@code
 * thawTime} by the clock; equal content has equal ETags.
 */
public final class MemoryStore implements ObjectStore {
    private final String name;
    private final Clock clock;
    private final Duration thawTime;
    private final NavigableMap<String, StoredBytes> objects =
            new ConcurrentSkipListMap<>(Keys.ORDER);
    private final ConcurrentHashMap<String, MemoryUpload> uploads = new ConcurrentHashMap<>();

    public MemoryStore(String name, Clock clock) {
        this(name, clock, Duration.ZERO);
    }

    /**
     * @param thawTime how long an archived object takes to come back
     */
    public MemoryStore(String name, Clock clock, Duration thawTime) {
        this.name = name;
        this.clock = clock;
        this.thawTime = thawTime;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        boolean behind = Keys.ORDER.compare(startAfter, prefix) >= 0;
        NavigableMap<String, StoredBytes> rest =
                objects.tailMap(behind ? startAfter : prefix, !behind);
        for (StoredBytes object : rest.values()) {
            cancel.check();
            if (!object.key().startsWith(prefix)
                    || !visitor.visit(object.describe(clock).withoutMetadata())) {
                return;
            }
        }
    }

    @Override
    public Optional<ObjectInfo> head(String key) {
        return Optional.ofNullable(objects.get(key)).map(object -> object.describe(clock));
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        StoredBytes object = objects.get(key);
        if (object == null) {
            throw StorageException.absent(name, key);
        }
        if (expectedEtag != null && !expectedEtag.equals(object.etag())) {
            throw StorageException.changed(name, key, expectedEtag);
        }
        ObjectInfo info = object.describe(clock);
        if (!info.availability().isReadable()) {
            throw StorageException.archived(name, key);
        }
        if (!range.isWithin(info.sizeBytes())) {
            throw StorageException.range(name, key, range);
        }
        long first = range.firstByte(info.sizeBytes());
        long length = range.lengthIn(info.sizeBytes());
        return new ObjectStream(
                new ByteArrayInputStream(object.bytes(), (int) first, (int) length),
                info,
                first,
                length);
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        byte[] bytes = readAll(key, body);
        String etag = Sha256.of(bytes).sha256().substring(0, 32);
        return store(key, bytes, etag, options);
    }

    ObjectInfo store(String key, byte[] bytes, String etag, PutOptions options)
            throws StorageException {
        var object = new StoredBytes(key, bytes, etag, now(), options, null, null);
        if (!options.ifAbsent()) {
            objects.put(key, object);
        } else if (objects.putIfAbsent(key, object) != null) {
            throw StorageException.exists(name, key);
        }
        return object.describe(clock);
    }

    byte[] readAll(String key, ByteSource body) throws RecoveryException {
        try (InputStream in = body.open()) {
            byte[] bytes = in.readAllBytes();
            if (bytes.length != body.sizeBytes()) {
                throw new IOException(
                        "the body has " + bytes.length + " bytes, not " + body.sizeBytes());
            }
            return bytes;
        } catch (IOException broken) {
            throw StorageException.in(broken, key, this);
        }
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) {
        var upload = new MemoryUpload(this, uploads, key, now(), options);
        uploads.put(upload.id(), upload);
        return upload;
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        if (!(source.innermost() instanceof MemoryStore other)) {
            return Optional.empty();
        }
        StoredBytes object = other.objects.get(fromKey);
        if (object == null) {
            throw StorageException.absent(other.name, fromKey);
        }
        if (!object.describe(clock).availability().isReadable()) {
            throw StorageException.archived(other.name, fromKey);
        }
        PutOptions options =
                new PutOptions(
                        object.options().metadata(), object.options().storageClass(), onlyIfAbsent);
        return Optional.of(store(toKey, object.bytes(), object.etag(), options));
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        Instant ready = clock.instant().plus(thawTime);
        Instant until = ready.plus(days, ChronoUnit.DAYS);
        StoredBytes thawed =
                objects.computeIfPresent(
                        key,
                        (_, object) ->
                                object.describe(clock).availability() == Availability.ARCHIVED
                                        ? object.thawed(ready, until)
                                        : object);
        if (thawed == null) {
            throw StorageException.absent(name, key);
        }
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        return uploads.values().stream()
                .map(MemoryUpload::describe)
                .filter(upload -> upload.key().startsWith(prefix))
                .sorted(
                        Comparator.comparing(PendingUpload::key, Keys.ORDER)
                                .thenComparing(PendingUpload::uploadId))
                .toList();
    }

    @Override
    public void abort(PendingUpload upload) {
        uploads.remove(upload.uploadId());
    }

    @Override
    public Probe probe(String prefix) {
        return new Probe(
                name,
                Probe.Check.passed(),
                Probe.Check.passed(),
                Optional.of(Duration.ZERO),
                Optional.empty());
    }

    @Override
    public void close() {}

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
