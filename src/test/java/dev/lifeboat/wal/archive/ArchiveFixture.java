package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.memory.MemoryStore;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Two regions in memory that can be lost, a key, and segments of a small cluster. */
public final class ArchiveFixture {
    static final int SEGMENT_BYTES = 1 << 20;
    public static final ClusterIdentity CLUSTER = new ClusterIdentity("7380000000000000001", 15);
    static final WalExpectation EXPECTED =
            WalExpectation.of(CLUSTER.systemIdentifier(), SEGMENT_BYTES);

    final Lost primary = new Lost("s3://primary");
    final Lost dr = new Lost("s3://dr");
    final KeyRing keys = ring("correct horse battery staple");
    Optional<ClusterIdentity> newestBase = Optional.of(CLUSTER);

    RegionPair regions() {
        return new RegionPair(primary.store(), dr.store(), RegionChoice.AUTO);
    }

    RegionWalArchive archive() {
        return archive(WalTrust.AS_THE_ARCHIVE);
    }

    RegionWalArchive archive(WalTrust trust) {
        return new RegionWalArchive(regions(), keys, "", trust);
    }

    public WalPusher pusher() {
        return new WalPusher(regions(), keys, "", () -> newestBase);
    }

    public Pushed push(String name, byte[] content) throws RecoveryException {
        return pusher().push(WalSource.of(name, content, CLUSTER));
    }

    /** Whether the primary region holds the file in the form that pushing gives it. */
    public boolean archived(String name) throws RecoveryException {
        return primary.memory.head("wal/" + name + ".zst.enc").isPresent();
    }

    /** From now on the primary region answers nothing else. */
    public void failPrimary(StorageException.Kind kind) {
        primary.failing = kind;
    }

    Fetched fetch(String name) throws RecoveryException {
        return archive().fetch(WalFileName.parse(name), EXPECTED);
    }

    /** Copies an object with its metadata, as replication does. */
    static void replicate(Lost from, Lost to, String key) throws RecoveryException {
        var object = from.memory.head(key).orElseThrow();
        to.memory.put(
                key,
                ByteSource.of(bytes(from, key)),
                PutOptions.plain().withMetadata(object.metadata()));
    }

    static byte[] bytes(Lost region, String key) {
        try (var in = region.memory.get(key, dev.lifeboat.storage.ByteRange.whole(), null)) {
            return in.readAllBytes();
        } catch (RecoveryException | java.io.IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Replaces the bytes of an object and leaves its metadata as it was. */
    static void replace(Lost region, String key, byte[] content) throws RecoveryException {
        var object = region.memory.head(key).orElseThrow();
        region.memory.put(
                key, ByteSource.of(content), PutOptions.plain().withMetadata(object.metadata()));
    }

    static void put(Lost region, String key, byte[] content) throws RecoveryException {
        region.memory.put(key, ByteSource.of(content), PutOptions.plain());
    }

    static KeyRing ring(String... passphrases) {
        return new KeyRing(
                Arrays.stream(passphrases)
                        .map(
                                text -> {
                                    try (Secret secret = Secret.of(text)) {
                                        return EncryptionKey.of(secret);
                                    }
                                })
                        .toList());
    }

    /** A segment with the header it needs; what follows depends on the seed. */
    public static byte[] segment(String name, long seed) {
        return segment(name, CLUSTER, seed);
    }

    static byte[] segment(String name, ClusterIdentity cluster, long seed) {
        String plain = name.replace(".partial", "");
        WalSegment segment = WalSegment.parse(plain, SEGMENT_BYTES).orElseThrow();
        byte[] content = new byte[SEGMENT_BYTES];
        new Random(seed).nextBytes(content);
        Arrays.fill(content, SEGMENT_BYTES / 2, SEGMENT_BYTES, (byte) 0);
        int magic =
                Arrays.stream(WalVersion.values())
                        .filter(version -> version.major() == cluster.majorVersion())
                        .findFirst()
                        .orElseThrow()
                        .pageMagic();
        ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(0, (short) magic)
                .putShort(2, (short) 2)
                .putInt(4, (int) segment.timeline().value())
                .putLong(8, segment.start().value())
                .putInt(16, 0)
                .putLong(24, Long.parseUnsignedLong(cluster.systemIdentifier()))
                .putInt(32, SEGMENT_BYTES)
                .putInt(36, 8192);
        return content;
    }

    /** A region that can be unreachable, and counts what is asked of it. */
    static final class Lost {
        final MemoryStore memory;
        final AtomicInteger requests = new AtomicInteger();
        volatile StorageException.Kind failing;

        Lost(String name) {
            memory =
                    new MemoryStore(
                            name,
                            Clock.fixed(Instant.parse("2026-04-07T12:00:00Z"), ZoneOffset.UTC));
        }

        ObjectStore store() {
            return (ObjectStore)
                    Proxy.newProxyInstance(
                            ObjectStore.class.getClassLoader(),
                            new Class<?>[] {ObjectStore.class},
                            (_, method, arguments) -> {
                                if (!List.of("name", "close").contains(method.getName())) {
                                    answer();
                                }
                                try {
                                    return method.invoke(memory, arguments);
                                } catch (InvocationTargetException thrown) {
                                    throw thrown.getCause();
                                }
                            });
        }

        private void answer() throws StorageException {
            requests.incrementAndGet();
            if (failing != null) {
                throw new StorageException(
                        failing, memory.name() + " fails.", "The test said so.", "Wait.");
            }
        }
    }
}
