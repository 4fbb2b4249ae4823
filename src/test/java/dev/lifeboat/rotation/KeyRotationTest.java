package dev.lifeboat.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.RealBackups;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.find.BaseNames;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionCopy;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.archive.ArchiveFixture;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class KeyRotationTest {
    private static final String SEGMENT = "000000010000000000000001";
    private static final KeyRing OLD = TestBuckets.ring("old passphrase");
    private static final KeyRing NEW = TestBuckets.ring("new passphrase");

    private static final KeyRing BOTH = new KeyRing(List.of(NEW.current(), OLD.current()));

    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();
    private final RealBackups backups = new RealBackups(buckets, OLD);

    @BeforeEach
    void fill() throws Exception {
        backups.full("2026-04-05T02:00:00Z", "PGDMP a dump of a shop");
        backups.base("2026-04-06T03:00:00Z", List.of("frame one", "frame two", "frame three"));
        new WalPusher(
                        new RegionPair(buckets.primary, null, RegionChoice.AUTO),
                        OLD,
                        "",
                        () -> Optional.of(ArchiveFixture.CLUSTER))
                .push(
                        WalSource.of(
                                SEGMENT,
                                ArchiveFixture.segment(SEGMENT, 1),
                                ArchiveFixture.CLUSTER));
        new RegionCopy(buckets.primary, buckets.dr, 2)
                .copyMissing("", _ -> false, CancelToken.never(), Progress.unwatched());
    }

    private Catalog catalog(RegionPair regions, KeyRing ring) {
        return TestBuckets.catalog(regions, cache, Optional.of(ring));
    }

    private KeyRotation rotation(RegionPair regions) {
        return new KeyRotation(
                catalog(regions, BOTH),
                regions,
                regions,
                BOTH,
                "",
                new Leases(buckets.dr, "", Duration.ofMinutes(15), Clock.systemUTC()));
    }

    private KeyRotation.Outcome rotate(RegionPair regions) throws RecoveryException {
        return rotation(regions).apply("test", CancelToken.never(), Progress.unwatched());
    }

    private List<String> keys(ObjectStore store) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        store.list(
                "",
                "",
                object -> {
                    if (!object.key().startsWith("leases/")) {
                        keys.add(object.key());
                    }
                    return true;
                },
                CancelToken.never());
        return keys;
    }

    @Test
    void afterwardsTheNewKeyAloneOpensEverything() throws Exception {
        KeyRotation.Outcome plan =
                rotation(buckets.regions()).plan(CancelToken.never(), Progress.unwatched());
        assertThat(plan.backups()).hasSize(2);
        assertThat(plan.walObjects()).isEqualTo(2);

        KeyRotation.Outcome done = rotate(buckets.regions());

        assertThat(done.left()).isEmpty();
        assertThat(done.backups()).hasSize(2);
        requireReadableWith(NEW, buckets.regions());
        assertThat(keys(buckets.primary)).isEqualTo(keys(buckets.dr)).hasSize(3 + 5 + 1);
        assertThat(buckets.primary.head("wal/" + SEGMENT + ".zst.enc").orElseThrow().etag())
                .isEqualTo(buckets.dr.head("wal/" + SEGMENT + ".zst.enc").orElseThrow().etag());
        KeyRotation.Outcome again = rotate(buckets.regions());
        assertThat(again.backups()).isEmpty();
        assertThat(again.walObjects()).isZero();
    }

    @Test
    void theNamesOfRelationsBesideABaseAreReadWithTheNewKeyAlone() throws Exception {
        rotate(buckets.regions());

        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            var regions = new RegionPair(store, null, RegionChoice.AUTO);
            Catalog catalog = catalog(regions, NEW);
            CatalogEntry base =
                    catalog.load(CancelToken.never()).ofKind(BackupKind.BASE).getFirst();
            assertThat(BaseNames.read(catalog.manifest(base), regions, NEW)).isPresent();
            assertThat(keys(store)).noneMatch(key -> key.endsWith(BackupKeys.NAMES_SUFFIX));
        }
    }

    @Test
    void noBlockOfTheIndexStaysUnderTheOldKey() throws Exception {
        String block = "00000001-000000000000.idx";
        new IndexObjects(buckets.regions(), OLD, "").write(block, new byte[] {1}, "7");
        new IndexObjects(buckets.regions(), NEW, "")
                .write("00000002-000000000000.idx", new byte[] {2}, "7");
        assertThat(
                        rotation(buckets.regions())
                                .plan(CancelToken.never(), Progress.unwatched())
                                .indexBlocks())
                .isEqualTo(2);

        assertThat(rotate(buckets.regions()).indexBlocks()).isEqualTo(2);

        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            assertThat(keys(store).stream().filter(key -> key.startsWith("wal-index/")))
                    .containsExactly("wal-index/00000002-000000000000.idx.zst.enc");
        }
    }

    @Test
    void theCommandsForRestoringByHandNameTheNewObjects() throws Exception {
        rotate(buckets.regions());

        Catalog catalog = catalog(buckets.regions(), NEW);
        for (CatalogEntry entry : catalog.load(CancelToken.never()).entries()) {
            Manifest manifest = catalog.manifest(entry);
            for (Manifest.StoredObject object : manifest.objects()) {
                String name = object.key().substring(object.key().lastIndexOf('/') + 1);
                assertThat(name).contains(".k" + NEW.current().fingerprint().hex() + ".");
                assertThat(String.join("\n", manifest.restoreByHand())).contains(name);
            }
        }
    }

    @Test
    void killedAtAnyRequestEveryBackupStaysWholeInEachRegionAndTheNextRunEndsIt() throws Exception {
        for (int writes = 0; writes < 22; writes++) {
            var left = new int[] {writes % 9};
            var dying =
                    new RegionPair(
                            dying(buckets.primary, left),
                            dying(buckets.dr, left),
                            RegionChoice.AUTO);
            try {
                rotate(dying);
                break;
            } catch (RecoveryException died) {
                assertThat(died.code()).isEqualTo(ProblemCode.STORAGE_UNREACHABLE);
            }
            requireReadableWith(BOTH, new RegionPair(buckets.primary, null, RegionChoice.AUTO));
            requireReadableWith(BOTH, new RegionPair(buckets.dr, null, RegionChoice.AUTO));
            // the lease of a run that died
            for (String key : List.copyOf(all(buckets.dr))) {
                if (key.startsWith("leases/")) {
                    buckets.dr.delete(key);
                }
            }
        }
        rotate(buckets.regions());

        requireReadableWith(NEW, buckets.regions());
        assertThat(keys(buckets.primary)).isEqualTo(keys(buckets.dr)).hasSize(3 + 5 + 1);
    }

    private static List<String> all(ObjectStore store) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }

    private static ObjectStore dying(ObjectStore store, int[] left) {
        return TestBuckets.refusing(
                store,
                name -> {
                    synchronized (left) {
                        return Set.of("put", "begin", "copyFrom", "delete").contains(name)
                                && left[0]-- <= 0;
                    }
                },
                StorageException.Kind.UNREACHABLE);
    }

    @Test
    void aDamagedBackupKeepsItsKeyAndIsTold() throws Exception {
        for (ObjectStore store : List.of(buckets.primary, buckets.dr)) {
            String dump =
                    keys(store).stream()
                            .filter(k -> k.endsWith(".dump.enc"))
                            .findFirst()
                            .orElseThrow();
            byte[] content = TestBuckets.get(store, dump);
            content[content.length - 20] ^= 1;
            TestBuckets.put(store, dump, content);
        }

        KeyRotation.Outcome done = rotate(buckets.regions());

        assertThat(done.left()).hasSize(1);
        assertThat(done.left().getFirst().name()).contains("_full_");
        assertThat(done.backups()).hasSize(1);
    }

    @Test
    void showsWhichKeyOpensWhat() throws Exception {
        List<KeyUse> before =
                rotation(buckets.regions()).uses(CancelToken.never(), Progress.unwatched());
        assertThat(before).hasSize(2);
        assertThat(before.getFirst().current()).isTrue();
        assertThat(before.getFirst().backups()).isEmpty();
        assertThat(before.getLast().backups()).hasSize(2);
        assertThat(before.getLast().wal()).isEqualTo(2);
        assertThat(before.getLast().firstWal()).contains(SEGMENT);

        rotate(buckets.regions());

        List<KeyUse> after =
                rotation(buckets.regions()).uses(CancelToken.never(), Progress.unwatched());
        assertThat(after.getFirst().backups()).hasSize(2);
        assertThat(after.getLast().backups()).isEmpty();
    }

    private void requireReadableWith(KeyRing ring, RegionPair regions) throws Exception {
        Catalog catalog = catalog(regions, ring);
        List<CatalogEntry> entries = catalog.load(CancelToken.never()).entries();
        assertThat(entries).hasSize(2);
        for (CatalogEntry entry : entries) {
            assertThat(entry.isUsable()).as(entry.problem().toString()).isTrue();
            backups.requireContent(catalog.manifest(entry), regions, ring);
        }
        backups.requireWal(SEGMENT, ArchiveFixture.segment(SEGMENT, 1), regions, ring);
    }
}
