package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps every version of every object, as a bucket with versioning does. */
public final class VersionedStore extends StoreDecorator {
    private final Map<String, List<Version>> kept = new ConcurrentHashMap<>();

    public VersionedStore(ObjectStore inner) {
        super(inner);
    }

    private static final class Version {
        private final String id;
        private final ObjectInfo object;
        private final byte[] bytes;

        Version(String id, ObjectInfo object, byte[] bytes) {
            this.id = id;
            this.object = object;
            this.bytes = bytes;
        }
    }

    private synchronized ObjectInfo remember(String key) throws RecoveryException {
        try (ObjectStream stream = inner.get(key, ByteRange.whole(), null)) {
            List<Version> versions = kept.computeIfAbsent(key, _ -> new ArrayList<>());
            versions.add(
                    new Version(
                            "version-" + versions.size(), stream.info(), stream.readAllBytes()));
            return stream.info();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        inner.put(key, body, options);
        return remember(key);
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        Optional<ObjectInfo> done = inner.copyFrom(source, fromKey, toKey, onlyIfAbsent);
        if (done.isPresent()) {
            remember(toKey);
        }
        return done;
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        MultipartUpload upload = inner.begin(key, options);
        return new MultipartUpload() {
            @Override
            public String key() {
                return key;
            }

            @Override
            public void part(int number, ByteSource bytes) throws RecoveryException {
                upload.part(number, bytes);
            }

            @Override
            public ObjectInfo complete() throws RecoveryException {
                upload.complete();
                return remember(key);
            }

            @Override
            public void abort() throws RecoveryException {
                upload.abort();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public Optional<ObjectVersions> versions() {
        return Optional.of(
                new ObjectVersions() {
                    @Override
                    public List<ObjectVersion> of(String key) throws RecoveryException {
                        return shown(key);
                    }

                    @Override
                    public ObjectStream get(ObjectVersion version, ByteRange range) {
                        return open(version, range);
                    }
                });
    }

    private synchronized List<ObjectVersion> shown(String key) throws RecoveryException {
        boolean there = inner.head(key).isPresent();
        List<Version> versions = kept.getOrDefault(key, List.of());
        List<ObjectVersion> shown = new ArrayList<>();
        for (Version version : versions.reversed()) {
            boolean current = there && version.id.equals(versions.getLast().id);
            shown.add(new ObjectVersion(version.id, current, version.object.withoutMetadata()));
        }
        return shown;
    }

    private synchronized ObjectStream open(ObjectVersion wanted, ByteRange range) {
        Version version =
                kept.get(wanted.object().key()).stream()
                        .filter(candidate -> candidate.id.equals(wanted.id()))
                        .findFirst()
                        .orElseThrow();
        long first = range.firstByte(version.bytes.length);
        long length = range.lengthIn(version.bytes.length);
        return new ObjectStream(
                new ByteArrayInputStream(version.bytes, (int) first, (int) length),
                version.object,
                first,
                length);
    }
}
