package dev.lifeboat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionCopy;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.VersionedStore;
import dev.lifeboat.storage.memory.MemoryStore;
import dev.lifeboat.wal.archive.ArchiveFixture;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What no region has in good order, in buckets that keep older versions. */
class OlderVersionsTest {
    private static final List<String> SEGMENTS =
            List.of(
                    "000000010000000000000001",
                    "000000010000000000000002",
                    "000000010000000000000003");

    @TempDir private Path cache;
    private final TestBuckets buckets =
            new TestBuckets(
                    new VersionedStore(new MemoryStore("s3://primary", Clock.systemUTC())),
                    new VersionedStore(new MemoryStore("s3://dr", Clock.systemUTC())));
    private String dump;
    private String manifest;

    @BeforeEach
    void fill() throws Exception {
        String id = buckets.full("2026-04-05T02:00:00Z");
        dump = "backups/full/20260405/" + id + ".dump.enc";
        manifest = "backups/full/20260405/" + id + ".manifest.json";
        buckets.base("2026-04-06T03:00:00Z", "0/1000028", "0/1000100", SEGMENTS.getFirst());
        for (String segment : SEGMENTS) {
            new WalPusher(
                            buckets.regions(),
                            TestBuckets.RING,
                            "",
                            () -> Optional.of(ArchiveFixture.CLUSTER))
                    .push(
                            WalSource.of(
                                    segment,
                                    ArchiveFixture.segment(segment, 1),
                                    ArchiveFixture.CLUSTER));
        }
        new RegionCopy(buckets.primary, buckets.dr, 2)
                .copyMissing("", _ -> false, CancelToken.never(), Progress.unwatched());
    }

    private static RegionComparison comparison(RegionPair regions, Path cache) {
        return new RegionComparison(
                TestBuckets.catalog(regions, cache, Optional.of(TestBuckets.RING)),
                regions,
                regions,
                TestBuckets.RING,
                TestBuckets.KEYS,
                Clock.systemUTC());
    }

    private Comparison check(RegionPair regions) throws RecoveryException {
        return comparison(regions, cache)
                .compare(Thoroughness.DIFFERENCES, CancelToken.never(), Progress.unwatched());
    }

    private RegionRepair.Outcome apply(RegionPair regions, Thoroughness how)
            throws RecoveryException {
        return new RegionRepair(
                        comparison(regions, cache),
                        TestBuckets.catalog(regions, cache, Optional.of(TestBuckets.RING)),
                        new Leases(buckets.dr, "", Duration.ofMinutes(15), Clock.systemUTC()))
                .apply(how, "test", CancelToken.never(), Progress.unwatched());
    }

    private static void spoil(ObjectStore store, String key, int flipped) throws Exception {
        byte[] content = TestBuckets.get(store, key);
        content[content.length - flipped] ^= 1;
        store.put(
                key,
                ByteSource.of(content),
                PutOptions.plain().withMetadata(store.head(key).orElseThrow().metadata()));
    }

    @Test
    void aDeletedObjectComesBackInBothRegions() throws Exception {
        byte[] good = TestBuckets.get(buckets.primary, dump);
        buckets.primary.delete(dump);
        buckets.dr.delete(dump);

        Difference found = only(check(buckets.regions()));

        assertThat(found.kind()).isEqualTo(Difference.Kind.LOST);
        assertThat(found.kept().orElseThrow().version().object().sizeBytes())
                .isEqualTo(good.length);
        assertThat(found.evidence()).contains("older version version-0").contains("is good");
        RegionRepair.Outcome outcome = apply(buckets.regions(), Thoroughness.DIFFERENCES);
        assertThat(outcome.unmended()).isEmpty();
        assertThat(outcome.broughtBack()).isEqualTo(1);
        assertThat(TestBuckets.get(buckets.primary, dump)).isEqualTo(good);
        assertThat(TestBuckets.get(buckets.dr, dump)).isEqualTo(good);
        assertThat(check(buckets.regions()).isEqual()).isTrue();
    }

    private static Difference only(Comparison comparison) {
        assertThat(comparison.differences()).hasSize(1);
        return comparison.differences().getFirst();
    }

    @Test
    void theNewestVersionThatIsGoodIsTakenAndNoNewerBadOne() throws Exception {
        byte[] good = TestBuckets.get(buckets.primary, dump);
        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            spoil(store, dump, 1);
            TestBuckets.put(store, dump, Arrays.copyOf(good, 3));
            spoil(store, dump, 2);
        }

        Difference found =
                only(
                        comparison(buckets.regions(), cache)
                                .compare(
                                        Thoroughness.EVERYTHING,
                                        CancelToken.never(),
                                        Progress.unwatched()));

        assertThat(found.kept().orElseThrow().version().id()).isEqualTo("version-0");
        assertThat(found.evidence()).contains("older version version-2").contains("is bad");
        apply(buckets.regions(), Thoroughness.EVERYTHING);
        assertThat(TestBuckets.get(buckets.primary, dump)).isEqualTo(good);
        assertThat(TestBuckets.get(buckets.dr, dump)).isEqualTo(good);
    }

    @Test
    void noOlderVersionTakesThePlaceOfACopyUnderAKeyThatIsNotKnownHere() throws Exception {
        String wal = "wal/" + SEGMENTS.getFirst() + ".zst.enc";
        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            store.delete(wal);
            new WalPusher(
                            new RegionPair(store, null, RegionChoice.AUTO),
                            TestBuckets.ring("another key"),
                            "",
                            () -> Optional.of(ArchiveFixture.CLUSTER))
                    .push(
                            WalSource.of(
                                    SEGMENTS.getFirst(),
                                    ArchiveFixture.segment(SEGMENTS.getFirst(), 1),
                                    ArchiveFixture.CLUSTER));
        }
        byte[] there = TestBuckets.get(buckets.primary, wal);

        RegionRepair.Outcome outcome = apply(buckets.regions(), Thoroughness.DIFFERENCES);

        assertThat(only(outcome.found()).kind()).isEqualTo(Difference.Kind.CONFLICT);
        assertThat(outcome.broughtBack()).isZero();
        assertThat(TestBuckets.get(buckets.primary, wal)).isEqualTo(there);
    }

    @Test
    void whereNoVersionIsGoodNothingIsTouched() throws Exception {
        var primary = new VersionedStore(buckets.primary);
        byte[] good = TestBuckets.get(buckets.primary, dump);
        byte[] bad = Arrays.copyOf(good, good.length);
        bad[0] ^= 1;
        TestBuckets.put(buckets.primary, dump, bad);
        TestBuckets.put(primary, dump, bad);
        TestBuckets.put(primary, dump, Arrays.copyOf(bad, 4));
        TestBuckets.put(buckets.dr, dump, Arrays.copyOf(bad, 5));
        var regions =
                new RegionPair(
                        primary,
                        TestBuckets.refusing(
                                buckets.dr, "versions"::equals, StorageException.Kind.OTHER),
                        RegionChoice.AUTO);

        Comparison comparison = check(regions);

        assertThat(only(comparison).kept()).isEmpty();
        assertThat(comparison.notes()).anyMatch(note -> note.contains("s3://dr keeps older"));
        RegionRepair.Outcome outcome = apply(regions, Thoroughness.DIFFERENCES);
        assertThat(outcome.mended()).isZero();
        assertThat(outcome.unmended().getFirst().why()).contains("no bucket keeps");
        assertThat(TestBuckets.get(buckets.primary, dump)).isEqualTo(Arrays.copyOf(bad, 4));
        assertThat(TestBuckets.get(buckets.dr, dump)).isEqualTo(Arrays.copyOf(bad, 5));
    }

    @Test
    void aDamagedManifestAndAWalFileComeBackByTheirHmac() throws Exception {
        String wal = "wal/" + SEGMENTS.get(1) + ".zst.enc";
        List<String> keys = List.of(manifest, wal);
        List<byte[]> good =
                List.of(
                        TestBuckets.get(buckets.primary, manifest),
                        TestBuckets.get(buckets.primary, wal));
        for (String key : keys) {
            spoil(buckets.primary, key, 20);
            spoil(buckets.dr, key, 30);
        }

        assertThat(check(buckets.regions()).differences())
                .filteredOn(difference -> keys.contains(difference.key()))
                .hasSize(2)
                .allMatch(difference -> difference.kept().isPresent());
        apply(buckets.regions(), Thoroughness.DIFFERENCES);

        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            assertThat(TestBuckets.get(store, manifest)).isEqualTo(good.get(0));
            assertThat(TestBuckets.get(store, wal)).isEqualTo(good.get(1));
            assertThat(store.head(wal).orElseThrow().metadata()).isNotEmpty();
        }
        assertThat(check(buckets.regions()).isEqual()).isTrue();
    }

    @Test
    void aGoodCopyInOneRegionIsTakenBeforeAnyVersionAndVersionsAreTold() throws Exception {
        byte[] good = TestBuckets.get(buckets.primary, dump);
        spoil(buckets.primary, dump, 1);

        Difference found = only(check(buckets.regions()));

        assertThat(found.good()).contains(Region.Role.DR);
        assertThat(found.kept()).isEmpty();
        assertThat(found.evidence()).contains("PRIMARY, older version version-0");
        assertThat(apply(buckets.regions(), Thoroughness.DIFFERENCES).broughtBack()).isZero();
        assertThat(TestBuckets.get(buckets.primary, dump)).isEqualTo(good);
    }

    @Test
    void listingsAloneOfferNoVersion() throws Exception {
        buckets.primary.delete(dump);
        buckets.dr.delete(dump);

        RegionRepair.Outcome outcome = apply(buckets.regions(), Thoroughness.LISTED);

        assertThat(outcome.mended()).isZero();
        assertThat(buckets.dr.head(dump)).isEmpty();
    }

    @Test
    void anInterruptedReturnIsGoneOnWith() throws Exception {
        byte[] good = TestBuckets.get(buckets.primary, dump);
        buckets.primary.delete(dump);
        buckets.dr.delete(dump);
        var interrupted =
                new RegionPair(
                        buckets.primary,
                        TestBuckets.refusing(
                                buckets.dr,
                                Set.of("put", "begin", "copyFrom")::contains,
                                StorageException.Kind.UNREACHABLE),
                        RegionChoice.AUTO);

        RecoveryException died =
                catchThrowableOfType(
                        RecoveryException.class,
                        () -> apply(interrupted, Thoroughness.DIFFERENCES));

        assertThat(died).isInstanceOf(StorageException.class);
        assertThat(TestBuckets.get(buckets.primary, dump)).isEqualTo(good);
        assertThat(apply(buckets.regions(), Thoroughness.DIFFERENCES).unmended()).isEmpty();
        assertThat(TestBuckets.get(buckets.dr, dump)).isEqualTo(good);
    }
}
