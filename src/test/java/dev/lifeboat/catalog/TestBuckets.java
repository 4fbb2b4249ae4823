package dev.lifeboat.catalog;

import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.memory.MemoryStore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Two regions in memory with backups whose objects are a few bytes each. */
public final class TestBuckets {
    public static final KeyRing RING = ring("correct horse");
    public static final BackupKeys KEYS = new BackupKeys("");

    /** The system identifier of the cluster that the backups are of. */
    public static final String CLUSTER = "7300000000000000001";

    private static final Clock CLOCK = Clock.systemUTC();

    public final ObjectStore primary;
    public final ObjectStore dr;

    public TestBuckets() {
        this(new MemoryStore("s3://primary", CLOCK), new MemoryStore("s3://dr", CLOCK));
    }

    public TestBuckets(ObjectStore primary, ObjectStore dr) {
        this.primary = primary;
        this.dr = dr;
    }

    /** A ring with the key of this passphrase alone. */
    public static KeyRing ring(String passphrase) {
        return new KeyRing(List.of(EncryptionKey.of(Secret.of(passphrase))));
    }

    public RegionPair regions() {
        return new RegionPair(primary, dr, RegionChoice.AUTO);
    }

    public Catalog catalog(Path cache) {
        return catalog(regions(), cache, Optional.of(RING));
    }

    public static Catalog catalog(RegionPair regions, Path cache, Optional<KeyRing> ring) {
        return new Catalog(regions, KEYS, new NativeFormat(regions, KEYS, ring, cache));
    }

    /** A store that refuses some of its calls, by the method's name. */
    public static ObjectStore refusing(
            ObjectStore store, Predicate<String> methods, StorageException.Kind kind) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (_, method, arguments) -> {
                            if (methods.test(method.getName())
                                    && !method.getName().equals("name")) {
                                throw new StorageException(
                                        kind,
                                        store.name() + " was asked.",
                                        "It said " + kind + ".",
                                        "Ask it again.");
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    public static ObjectStore unreachable(ObjectStore store) {
        return refusing(store, _ -> true, StorageException.Kind.UNREACHABLE);
    }

    /** Puts a full backup into both regions; gives its id. */
    public String full(String time) {
        return full("shop", time, RING);
    }

    public String full(String database, String time, KeyRing ring) {
        Instant at = Instant.parse(time);
        String id = BackupKeys.id(BackupKind.FULL, database, at);
        String stem = KEYS.stem(BackupKind.FULL, id, at);
        List<Manifest.StoredObject> objects =
                List.of(
                        object(stem + BackupKeys.DUMP_SUFFIX, "dump", null, 0),
                        object(stem + BackupKeys.GLOBALS_SUFFIX, "globals", null, 0));
        write(manifest(BackupKind.FULL, id, at, objects, null, ring), ring);
        return id;
    }

    /** Puts a full backup whose dump has so many bytes into both regions; gives its id. */
    public String fullOf(String time, int dumpBytes) {
        Instant at = Instant.parse(time);
        String id = BackupKeys.id(BackupKind.FULL, "shop", at);
        String stem = KEYS.stem(BackupKind.FULL, id, at);
        List<Manifest.StoredObject> objects =
                List.of(
                        object(stem + BackupKeys.DUMP_SUFFIX, "dump", null, 0, new byte[dumpBytes]),
                        object(stem + BackupKeys.GLOBALS_SUFFIX, "globals", null, 0));
        write(manifest(BackupKind.FULL, id, at, objects, null, RING), RING);
        return id;
    }

    /** Puts a backup of configuration files into both regions; gives its id. */
    public String config(String time, Map<String, byte[]> files) throws RecoveryException {
        Instant at = Instant.parse(time);
        String id = BackupKeys.id(BackupKind.CONFIG, "shop", at);
        String key = KEYS.stem(BackupKind.CONFIG, id, at) + BackupKeys.CONFIG_SUFFIX;
        byte[] tar = new ConfigFiles(files).toTar();
        var stored = new ByteArrayOutputStream();
        EncodedDigests digests;
        try (var out =
                new EncodingOutput(
                        stored,
                        Encoding.encrypted(Compression.ZSTD, RING.current()),
                        tar.length,
                        CancelToken.never(),
                        new Progress())) {
            out.write(tar);
            digests = out.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        put(key, stored.toByteArray());
        var object =
                new Manifest.StoredObject(
                        key,
                        "files",
                        digests.plain().sizeBytes(),
                        digests.plain().sha256(),
                        digests.stored().sizeBytes(),
                        digests.stored().sha256(),
                        null,
                        0,
                        null);
        write(manifest(BackupKind.CONFIG, id, at, List.of(object), null, RING), RING);
        return id;
    }

    /** Puts a base of three frames into both regions; gives its id. */
    public String base(String time, String startLsn, String stopLsn, String firstWal) {
        return base(CLUSTER, RING, time, startLsn, stopLsn, firstWal);
    }

    /** The same, of this cluster, with a manifest under the ring's current key. */
    public String base(
            String cluster,
            KeyRing ring,
            String time,
            String startLsn,
            String stopLsn,
            String firstWal) {
        Instant at = Instant.parse(time);
        String id = BackupKeys.id(BackupKind.BASE, "shop", at);
        List<Manifest.StoredObject> frames = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            frames.add(object(KEYS.frame(id, at, "base", number), "frame", "base", number));
        }
        var facts =
                new Manifest.BaseFacts(
                        1,
                        Lsn.parse(startLsn),
                        Lsn.parse(stopLsn),
                        at,
                        at.plusSeconds(60),
                        firstWal,
                        firstWal,
                        16 << 20,
                        false,
                        List.of());
        write(manifest(BackupKind.BASE, id, cluster, at, frames, facts, ring), ring);
        return id;
    }

    private Manifest.StoredObject object(String key, String role, String stream, int number) {
        byte[] content = ("content of " + key).getBytes(StandardCharsets.UTF_8);
        return object(key, role, stream, number, content);
    }

    private Manifest.StoredObject object(
            String key, String role, String stream, int number, byte[] content) {
        put(key, content);
        String digest = Sha256.of(content).sha256();
        return new Manifest.StoredObject(
                key, role, 100, digest, content.length, digest, stream, number, null);
    }

    private void write(Manifest manifest, KeyRing ring) {
        Instant at = manifest.startedAt();
        put(
                KEYS.manifest(manifest.kind(), manifest.id(), at),
                ManifestJson.write(manifest, ring.current()));
    }

    private static Manifest manifest(
            BackupKind kind,
            String id,
            Instant at,
            List<Manifest.StoredObject> objects,
            Manifest.BaseFacts base,
            KeyRing ring) {
        return manifest(kind, id, CLUSTER, at, objects, base, ring);
    }

    private static Manifest manifest(
            BackupKind kind,
            String id,
            String cluster,
            Instant at,
            List<Manifest.StoredObject> objects,
            Manifest.BaseFacts base,
            KeyRing ring) {
        return new Manifest(
                Manifest.FORMAT,
                id,
                kind,
                "shop",
                cluster,
                150_018,
                at,
                at.plusSeconds(60),
                100L * objects.size(),
                objects.stream().mapToLong(Manifest.StoredObject::storedBytes).sum(),
                new Manifest.Encryption(
                        "aes-256-cbc", "pbkdf2", 10_000, ring.current().fingerprint().hex()),
                "zstd",
                objects,
                base,
                new Manifest.ClusterFacts("UTF8", "libc", "C", Map.of(), Map.of(), Map.of()),
                List.of(),
                List.of(),
                new Manifest.Origin("host", "test"));
    }

    /** Puts the same object into both regions. */
    public void put(String key, byte[] content) {
        put(primary, key, content);
        put(dr, key, content);
    }

    public static void put(ObjectStore store, String key, byte[] content) {
        try {
            store.put(key, ByteSource.of(content), PutOptions.plain());
        } catch (RecoveryException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static byte[] get(ObjectStore store, String key) {
        try (var body = store.get(key, ByteRange.whole(), null)) {
            return body.readAllBytes();
        } catch (RecoveryException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static void delete(ObjectStore store, String key) {
        try {
            store.delete(key);
        } catch (RecoveryException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
