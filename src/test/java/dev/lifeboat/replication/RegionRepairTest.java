package dev.lifeboat.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.RealBackups;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionCopy;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.archive.ArchiveFixture;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

class RegionRepairTest {
    private static final List<String> SEGMENTS =
            List.of(
                    "000000010000000000000001",
                    "000000010000000000000002",
                    "000000010000000000000003");

    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void fill() throws Exception {
        ids.add(buckets.full("2026-04-05T02:00:00Z"));
        ids.add(buckets.full("2026-04-06T02:00:00Z"));
        ids.add(buckets.base("2026-04-06T03:00:00Z", "0/1000028", "0/1000100", SEGMENTS.get(0)));
        for (String segment : SEGMENTS) {
            push(segment, 1);
        }
        new RegionCopy(buckets.primary, buckets.dr, 2)
                .copyMissing("", _ -> false, CancelToken.never(), Progress.unwatched());
    }

    private void push(String segment, long seed) throws RecoveryException {
        new WalPusher(
                        buckets.regions(),
                        TestBuckets.RING,
                        "",
                        () -> Optional.of(ArchiveFixture.CLUSTER))
                .push(
                        WalSource.of(
                                segment,
                                ArchiveFixture.segment(segment, seed),
                                ArchiveFixture.CLUSTER));
    }

    private RegionComparison comparison(RegionPair regions) {
        return new RegionComparison(
                catalog(regions),
                regions,
                regions,
                TestBuckets.RING,
                TestBuckets.KEYS,
                Clock.systemUTC());
    }

    private Catalog catalog(RegionPair regions) {
        return TestBuckets.catalog(regions, cache, Optional.of(TestBuckets.RING));
    }

    private Comparison check(Thoroughness how) throws RecoveryException {
        return comparison(buckets.regions())
                .compare(how, CancelToken.never(), Progress.unwatched());
    }

    private RegionRepair.Outcome apply(RegionPair regions) throws RecoveryException {
        return new RegionRepair(
                        comparison(regions),
                        catalog(regions),
                        new Leases(buckets.dr, "", Duration.ofMinutes(15), Clock.systemUTC()))
                .apply(Thoroughness.DIFFERENCES, "test", CancelToken.never(), Progress.unwatched());
    }

    private static Map<String, byte[]> contents(ObjectStore store) throws RecoveryException {
        Map<String, byte[]> contents = new TreeMap<>();
        store.list(
                "",
                "",
                object -> {
                    if (!object.key().startsWith("leases/")) {
                        contents.put(object.key(), TestBuckets.get(store, object.key()));
                    }
                    return true;
                },
                CancelToken.never());
        return contents;
    }

    private static void replace(ObjectStore store, String key, byte[] content)
            throws RecoveryException {
        store.put(
                key,
                ByteSource.of(content),
                PutOptions.plain().withMetadata(store.head(key).orElseThrow().metadata()));
    }

    @Test
    void equalRegionsHaveNoDifferenceAndEveryBackupIsSafe() throws Exception {
        Comparison found = check(Thoroughness.EVERYTHING);

        assertThat(found.differences()).isEmpty();
        assertThat(found.objects()).isEqualTo(found.equal()).isEqualTo(3 + 3 + 4 + 3);
        assertThat(found.safeBackups()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found.lag()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverIsDamagedIsFoundAndWhatCanBeMendedIs(long seed) throws Exception {
        Map<String, byte[]> original = contents(buckets.primary);
        var random = new Random(seed);
        Set<String> once = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        for (String key : original.keySet()) {
            boolean first = random.nextInt(3) == 0;
            boolean second = random.nextInt(3) == 0 && !(first && key.endsWith("manifest.json"));
            if (first) {
                damage(buckets.primary, key, original.get(key), random);
            }
            if (second) {
                damage(buckets.dr, key, original.get(key), random);
            }
            if (first || second) {
                (first && second ? twice : once).add(key);
            }
        }
        Set<String> goneFromBoth = new TreeSet<>(twice);
        goneFromBoth.removeIf(key -> exists(buckets.primary, key) || exists(buckets.dr, key));

        Set<String> found = new TreeSet<>();
        check(Thoroughness.DIFFERENCES).differences().forEach(d -> found.add(d.key()));
        Set<String> damaged = new TreeSet<>(once);
        damaged.addAll(twice);
        damaged.removeIf(key -> key.startsWith("wal/") && goneFromBoth.contains(key));
        assertThat(found).isEqualTo(damaged);

        RegionRepair.Outcome outcome = apply(buckets.regions());

        Set<String> left = new TreeSet<>();
        outcome.unmended().forEach(unmended -> left.add(unmended.difference().key()));
        assertThat(left).containsAll(damaged.stream().filter(twice::contains).toList());
        left.removeAll(twice);
        assertThat(left).allMatch(key -> key.endsWith("manifest.json"));
        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            Map<String, byte[]> now = contents(store);
            for (String key : original.keySet()) {
                if (!twice.contains(key) && !left.contains(key)) {
                    assertThat(now.get(key)).as(key).isEqualTo(original.get(key));
                }
            }
        }
    }

    private static boolean exists(ObjectStore store, String key) {
        try {
            return store.head(key).isPresent();
        } catch (RecoveryException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void damage(ObjectStore store, String key, byte[] content, Random random)
            throws RecoveryException {
        switch (random.nextInt(4)) {
            case 0 -> store.delete(key);
            case 1 -> {
                byte[] flipped = content.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                replace(store, key, flipped);
            }
            case 2 -> replace(store, key, Arrays.copyOf(content, random.nextInt(content.length)));
            default -> {
                byte[] other = new byte[1 + random.nextInt(content.length * 2)];
                random.nextBytes(other);
                replace(store, key, other);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Thoroughness.class)
    void damageThatTheServiceTookToTheOtherRegionIsFoundByItsSize(Thoroughness how)
            throws Exception {
        String key = "backups/full/20260405/" + ids.getFirst() + ".dump.enc";
        byte[] cut = {1, 2, 3};
        replace(buckets.primary, key, cut);
        replace(buckets.dr, key, cut);

        assertThat(check(how).differences())
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.key()).isEqualTo(key);
                            assertThat(found.kind()).isEqualTo(Difference.Kind.LOST);
                        });
    }

    @Test
    void theNamesOfRelationsBesideABaseAreMendedEitherWay() throws Exception {
        new RealBackups(buckets, TestBuckets.RING).base("2026-04-07T03:00:00Z", List.of("frame"));
        String names = "backups/base/20260407/shop_base_20260407_030000/names.json.zst.enc";
        byte[] good = TestBuckets.get(buckets.primary, names);

        buckets.dr.delete(names);
        assertThat(check(Thoroughness.LISTED).differences())
                .extracting(Difference::key)
                .containsExactly(names);
        assertThat(apply(buckets.regions()).mended()).isEqualTo(1);
        assertThat(TestBuckets.get(buckets.dr, names)).isEqualTo(good);

        byte[] flipped = good.clone();
        flipped[flipped.length - 1] ^= 1;
        replace(buckets.primary, names, flipped);
        assertThat(apply(buckets.regions()).mended()).isEqualTo(1);
        assertThat(TestBuckets.get(buckets.primary, names)).isEqualTo(good);
    }

    @Test
    void aDamagedPrimaryDoesNotSpreadIntoAnEmptyPlace() throws Exception {
        String dump = "backups/full/20260405/" + ids.getFirst() + ".dump.enc";
        byte[] content = TestBuckets.get(buckets.primary, dump);
        content[0] ^= 1;
        replace(buckets.primary, dump, content);
        buckets.dr.delete(dump);

        RegionRepair.Outcome outcome = apply(buckets.regions());

        assertThat(outcome.mended()).isZero();
        assertThat(outcome.unmended()).hasSize(1);
        assertThat(buckets.dr.head(dump)).isEmpty();
    }

    @Test
    void whatWasReplacedAfterItWasJudgedIsNotCopied() throws Exception {
        String wal = "wal/" + SEGMENTS.getFirst() + ".zst.enc";
        buckets.dr.delete(wal);
        var regions = buckets.regions();
        var comparing = comparison(regions);
        Comparison found =
                comparing.compare(
                        Thoroughness.DIFFERENCES, CancelToken.never(), Progress.unwatched());
        TestBuckets.put(buckets.primary, wal, new byte[] {1, 2, 3});

        assertThatThrownBy(
                        () ->
                                comparing.copy(
                                        found.differences().getFirst(),
                                        new ProvenCopy(),
                                        CancelToken.never()))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        p -> assertThat(p.code()).isEqualTo(ProblemCode.OBJECT_CHANGED));
        assertThat(buckets.dr.head(wal)).isEmpty();
    }

    @Test
    void twoAuthenticSegmentsThatDifferAreAConflictAndStay() throws Exception {
        String wal = "wal/" + SEGMENTS.getFirst() + ".zst.enc";
        buckets.primary.delete(wal);
        new WalPusher(
                        new RegionPair(buckets.primary, null, RegionChoice.AUTO),
                        TestBuckets.RING,
                        "",
                        () -> Optional.of(ArchiveFixture.CLUSTER))
                .push(
                        WalSource.of(
                                SEGMENTS.getFirst(),
                                ArchiveFixture.segment(SEGMENTS.getFirst(), 99),
                                ArchiveFixture.CLUSTER));
        Map<String, byte[]> before = new HashMap<>(contents(buckets.dr));

        RegionRepair.Outcome outcome = apply(buckets.regions());

        assertThat(outcome.found().differences().getFirst().kind())
                .isEqualTo(Difference.Kind.CONFLICT);
        assertThat(outcome.found().differences().getFirst().evidence()).contains("SHA-256");
        assertThat(contents(buckets.dr).get(wal)).isEqualTo(before.get(wal));
    }

    @Test
    void aCopyUnderAKeyThatIsNotKnownHereIsNotReplaced() throws Exception {
        String wal = "wal/" + SEGMENTS.getFirst() + ".zst.enc";
        buckets.dr.delete(wal);
        new WalPusher(
                        new RegionPair(buckets.dr, null, RegionChoice.AUTO),
                        TestBuckets.ring("another key"),
                        "",
                        () -> Optional.of(ArchiveFixture.CLUSTER))
                .push(
                        WalSource.of(
                                SEGMENTS.getFirst(),
                                ArchiveFixture.segment(SEGMENTS.getFirst(), 99),
                                ArchiveFixture.CLUSTER));
        Map<String, byte[]> before = new HashMap<>(contents(buckets.dr));

        RegionRepair.Outcome outcome = apply(buckets.regions());

        assertThat(contents(buckets.dr).get(wal)).isEqualTo(before.get(wal));
        assertThat(outcome.found().differences())
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.kind()).isEqualTo(Difference.Kind.CONFLICT);
                            assertThat(found.evidence()).contains("another key");
                        });
    }

    @Test
    void theSameSegmentUnderTwoKeysOrSaltsIsNoDifference() throws Exception {
        String wal = "wal/" + SEGMENTS.getFirst() + ".zst.enc";
        buckets.primary.delete(wal);
        buckets.dr.delete(wal);
        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            new WalPusher(
                            new RegionPair(store, null, RegionChoice.AUTO),
                            TestBuckets.RING,
                            "",
                            () -> Optional.of(ArchiveFixture.CLUSTER))
                    .push(
                            WalSource.of(
                                    SEGMENTS.getFirst(),
                                    ArchiveFixture.segment(SEGMENTS.getFirst(), 1),
                                    ArchiveFixture.CLUSTER));
        }

        assertThat(check(Thoroughness.DIFFERENCES).isEqual()).isTrue();
    }

    @Test
    void whatWentToDrWhileThePrimaryWasGoneIsBroughtBack() throws Exception {
        var away =
                new RegionPair(
                        TestBuckets.unreachable(buckets.primary), buckets.dr, RegionChoice.AUTO);
        String segment = "000000010000000000000004";
        new WalPusher(away, TestBuckets.RING, "", () -> Optional.of(ArchiveFixture.CLUSTER))
                .push(
                        WalSource.of(
                                segment,
                                ArchiveFixture.segment(segment, 4),
                                ArchiveFixture.CLUSTER));
        assertThat(check(Thoroughness.LISTED).count(Difference.Kind.MISSING_IN_PRIMARY))
                .isEqualTo(1);

        apply(buckets.regions());

        assertThat(buckets.primary.head("wal/" + segment + ".zst.enc")).isPresent();
        assertThat(check(Thoroughness.EVERYTHING).isEqual()).isTrue();
    }

    @Test
    void anInterruptedRepairIsGoneOnWithAndNoManifestComesBeforeItsObjects() throws Exception {
        for (String key : contents(buckets.dr).keySet()) {
            buckets.dr.delete(key);
        }
        for (int puts = 1; puts < 20; puts += 3) {
            var left = new int[] {puts};
            var regions =
                    new RegionPair(
                            buckets.primary,
                            TestBuckets.refusing(
                                    buckets.dr,
                                    name -> writes(name) && left[0]-- <= 0,
                                    StorageException.Kind.UNREACHABLE),
                            RegionChoice.AUTO);
            try {
                apply(regions);
            } catch (RecoveryException died) {
                assertThat(died.code()).isEqualTo(ProblemCode.STORAGE_UNREACHABLE);
            }
            requireNoManifestWithoutObjects();
        }
        apply(buckets.regions());

        assertThat(check(Thoroughness.EVERYTHING).safeBackups())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private static synchronized boolean writes(String name) {
        return Set.of("copyFrom", "put", "begin").contains(name);
    }

    private void requireNoManifestWithoutObjects() throws RecoveryException {
        Set<String> there = contents(buckets.dr).keySet();
        for (String manifest : there) {
            if (manifest.endsWith("manifest.json")) {
                String stem = manifest.replaceAll("(\\.manifest|/manifest)\\.json$", "");
                long objects = there.stream().filter(key -> key.startsWith(stem)).count();
                assertThat(objects).as(manifest).isEqualTo(stem.contains("_base_") ? 4 : 3);
            }
        }
    }
}
