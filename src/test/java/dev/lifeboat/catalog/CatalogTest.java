package dev.lifeboat.catalog;

import static dev.lifeboat.catalog.TestBuckets.RING;
import static dev.lifeboat.catalog.TestBuckets.delete;
import static dev.lifeboat.catalog.TestBuckets.get;
import static dev.lifeboat.catalog.TestBuckets.put;
import static dev.lifeboat.catalog.TestBuckets.refusing;
import static dev.lifeboat.catalog.TestBuckets.unreachable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException.Kind;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class CatalogTest {
    private static final String DAY = "2026-04-07T02:00:00Z";
    private static final String FOLDER = "backups/full/20260407/";
    private static final byte[] SOME = "some bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path cache;
    private final TestBuckets buckets = new TestBuckets();

    @Test
    void showsABackupThatLiesWholeInBothRegions() throws Exception {
        String id = buckets.full(DAY);

        CatalogEntry entry = only();

        assertThat(entry.id()).isEqualTo(id);
        assertThat(entry.status()).isEqualTo(BackupStatus.FINISHED);
        assertThat(entry.isSafe()).isTrue();
        assertThat(entry.authenticated()).isTrue();
        assertThat(entry.facts().startedAt()).isEqualTo(Instant.parse(DAY));
        assertThat(entry.facts().plainBytes()).hasValue(200);
        assertThat(entry.problem()).isEmpty();
    }

    @Test
    void everyObjectCountsNotTheManifestAlone() throws Exception {
        String id = buckets.full(DAY);
        delete(buckets.dr, FOLDER + id + ".globals.sql.enc");

        CatalogEntry entry = only();

        assertThat(state(entry, Role.PRIMARY)).isEqualTo(RegionState.PRESENT);
        assertThat(state(entry, Role.DR)).isEqualTo(RegionState.DAMAGED);
        assertThat(entry.regions().get(Role.DR).problem().orElseThrow().what())
                .contains("globals.sql.enc is missing in dr");
        assertThat(entry.isUsable()).isTrue();
        assertThat(entry.isSafe()).isFalse();
    }

    @Test
    void aTruncatedObjectIsSeenByItsSize() throws Exception {
        String id = buckets.full(DAY);
        put(buckets.primary, FOLDER + id + ".dump.enc", SOME);

        CatalogEntry entry = only();

        assertThat(entry.regions().get(Role.PRIMARY).problem().orElseThrow().code())
                .isEqualTo(ProblemCode.OBJECT_TRUNCATED);
        assertThat(entry.isUsable()).isTrue();
    }

    @Test
    void twoBrokenCopiesMakeOneWholeBackup() throws Exception {
        String id = buckets.full(DAY);
        delete(buckets.primary, FOLDER + id + ".dump.enc");
        delete(buckets.dr, FOLDER + id + ".globals.sql.enc");

        assertThat(only().isUsable()).isTrue();
    }

    @Test
    void anObjectThatNoRegionHasMakesTheBackupUnusable() throws Exception {
        String id = buckets.full(DAY);
        delete(buckets.primary, FOLDER + id + ".dump.enc");
        delete(buckets.dr, FOLDER + id + ".dump.enc");

        CatalogEntry entry = only();

        assertThat(entry.isUsable()).isFalse();
        assertThat(entry.problem().orElseThrow().code()).isEqualTo(ProblemCode.BACKUP_INCOMPLETE);
    }

    @Test
    void aBackupMissingInOneRegionIsMissingThereAlone() throws Exception {
        String id = buckets.full(DAY);
        for (String suffix : List.of(".dump.enc", ".globals.sql.enc", ".manifest.json")) {
            delete(buckets.primary, FOLDER + id + suffix);
        }

        CatalogEntry entry = only();

        assertThat(state(entry, Role.PRIMARY)).isEqualTo(RegionState.MISSING);
        assertThat(state(entry, Role.DR)).isEqualTo(RegionState.PRESENT);
        assertThat(entry.isUsable()).isTrue();
    }

    @Test
    void oneRegionDownShowsTheOther() throws Exception {
        buckets.full(DAY);
        var regions = new RegionPair(unreachable(buckets.primary), buckets.dr, RegionChoice.AUTO);

        CatalogListing listing =
                TestBuckets.catalog(regions, cache, Optional.of(RING)).load(CancelToken.never());

        CatalogEntry entry = listing.entries().getFirst();
        assertThat(state(entry, Role.PRIMARY)).isEqualTo(RegionState.UNREACHABLE);
        assertThat(state(entry, Role.DR)).isEqualTo(RegionState.PRESENT);
        assertThat(entry.isUsable()).isTrue();
        assertThat(listing.unreachable()).containsOnlyKeys(Role.PRIMARY);
    }

    @Test
    void bothRegionsDownIsTheProblemOfTheFirst() {
        var regions =
                new RegionPair(
                        unreachable(buckets.primary), unreachable(buckets.dr), RegionChoice.AUTO);

        refused(
                ProblemCode.STORAGE_UNREACHABLE,
                () ->
                        TestBuckets.catalog(regions, cache, Optional.of(RING))
                                .load(CancelToken.never()));
    }

    @Test
    void withoutTheRightToListNothingIsCalledMissing() throws Exception {
        buckets.full(DAY);
        var denied = refusing(buckets.dr, name -> name.equals("list"), Kind.ACCESS_DENIED);
        var regions = new RegionPair(buckets.primary, denied, RegionChoice.AUTO);

        CatalogEntry entry =
                TestBuckets.catalog(regions, cache, Optional.of(RING))
                        .load(CancelToken.never())
                        .entries()
                        .getFirst();

        assertThat(state(entry, Role.DR)).isEqualTo(RegionState.UNREACHABLE);
        assertThat(entry.regions().get(Role.DR).problem().orElseThrow().code())
                .isEqualTo(ProblemCode.ACCESS_DENIED);
    }

    @Test
    void withoutTheRightToReadAnOlderBackupIsNotChosenSilently() throws Exception {
        buckets.full(DAY);
        var regions =
                new RegionPair(
                        refusing(buckets.primary, name -> name.equals("get"), Kind.ACCESS_DENIED),
                        refusing(buckets.dr, name -> name.equals("get"), Kind.ACCESS_DENIED),
                        RegionChoice.AUTO);

        CatalogListing listing =
                TestBuckets.catalog(regions, cache, Optional.of(RING)).load(CancelToken.never());

        assertThat(listing.entries().getFirst().status()).isEqualTo(BackupStatus.MANIFEST_UNREAD);
        refused(ProblemCode.ACCESS_DENIED, () -> BackupChoice.latest(listing, BackupKind.FULL));
    }

    @Test
    void backupsOfTheRunbooksScriptsAreShownWithoutManifest() throws Exception {
        buckets.put(FOLDER + "backup.enc", SOME);
        buckets.put(FOLDER + "mockupaws_full_20260407_120000.sql.gz.enc", SOME);

        assertThat(load().entries())
                .extracting(CatalogEntry::id, CatalogEntry::status, CatalogEntry::isUsable)
                .containsExactlyInAnyOrder(
                        tuple("backup", BackupStatus.NO_MANIFEST, true),
                        tuple("mockupaws_full_20260407_120000", BackupStatus.NO_MANIFEST, true));
    }

    @Test
    void objectsOfOursWithoutManifestAreUnfinished() throws Exception {
        String full = buckets.full(DAY);
        delete(buckets.primary, FOLDER + full + ".manifest.json");
        delete(buckets.dr, FOLDER + full + ".manifest.json");
        buckets.put(
                "backups/base/20260407/shop_base_20260407_030000/base.tar.0000000.zst.enc", SOME);

        assertThat(load().entries())
                .allMatch(entry -> entry.status() == BackupStatus.UNFINISHED)
                .noneMatch(CatalogEntry::isUsable)
                .extracting(CatalogEntry::id)
                .containsExactly("shop_base_20260407_030000", full);
    }

    @Test
    void anUploadThatWasBegunIsShownAsUnfinished() throws Exception {
        var upload =
                buckets.primary.begin(
                        FOLDER + "shop_full_20260407_020000.dump.enc", PutOptions.plain());

        CatalogEntry entry = only();

        assertThat(upload).isNotNull();
        assertThat(entry.id()).isEqualTo("shop_full_20260407_020000");
        assertThat(entry.status()).isEqualTo(BackupStatus.UNFINISHED);
        assertThat(entry.isUsable()).isFalse();
    }

    @Test
    void anEmptyObjectOfAScriptIsNoBackup() throws Exception {
        buckets.put(FOLDER + "backup.enc", new byte[0]);

        assertThat(only().isUsable()).isFalse();
    }

    @Test
    void damagedNewerAndUntrustedManifestsAreToldApart() throws Exception {
        String key = FOLDER + buckets.full(DAY) + ".manifest.json";
        byte[] good = get(buckets.primary, key);

        buckets.put(key, "{ half".getBytes(StandardCharsets.UTF_8));
        assertThat(only().status()).isEqualTo(BackupStatus.MANIFEST_DAMAGED);

        buckets.put(
                key, changed(good, "\"formatVersion\" : \"1.0\"", "\"formatVersion\" : \"2.0\""));
        assertThat(only().status()).isEqualTo(BackupStatus.MANIFEST_TOO_NEW);

        buckets.put(key, changed(good, "\"plainBytes\" : 200", "\"plainBytes\" : 201"));
        CatalogEntry untrusted = only();
        assertThat(untrusted.status()).isEqualTo(BackupStatus.MANIFEST_UNTRUSTED);
        assertThat(untrusted.isUsable()).isFalse();
    }

    @Test
    void aManifestOfAnotherBackupIsNotBelieved() throws Exception {
        String first = buckets.full(DAY);
        String second = buckets.full("2026-04-07T03:00:00Z");
        buckets.put(
                FOLDER + second + ".manifest.json",
                get(buckets.primary, FOLDER + first + ".manifest.json"));

        assertThat(entry(second).status()).isEqualTo(BackupStatus.MANIFEST_UNTRUSTED);
    }

    @Test
    void theGoodCopyOfAManifestIsTakenAndTheOtherRegionIsDamaged() throws Exception {
        String key = FOLDER + buckets.full(DAY) + ".manifest.json";
        put(buckets.primary, key, SOME);

        CatalogEntry entry = only();

        assertThat(entry.status()).isEqualTo(BackupStatus.FINISHED);
        assertThat(state(entry, Role.PRIMARY)).isEqualTo(RegionState.DAMAGED);
        assertThat(state(entry, Role.DR)).isEqualTo(RegionState.PRESENT);
        assertThat(buckets.catalog(cache).manifest(entry).id()).isEqualTo(entry.id());
    }

    @Test
    void aBackupUnderAnotherKeyIsShownAndItsManifestNotGivenOut() throws Exception {
        buckets.full("shop", DAY, TestBuckets.ring("an older key"));

        CatalogEntry entry = only();

        assertThat(entry.status()).isEqualTo(BackupStatus.FINISHED);
        assertThat(entry.authenticated()).isFalse();
        assertThat(entry.problem().orElseThrow().code()).isEqualTo(ProblemCode.KEY_WRONG);
        refused(ProblemCode.KEY_WRONG, () -> buckets.catalog(cache).manifest(entry));
    }

    @Test
    void withoutAKeyTheCatalogIsShownAndNoManifestIsGivenOut() throws Exception {
        buckets.full(DAY);
        Catalog catalog = TestBuckets.catalog(buckets.regions(), cache, Optional.empty());

        CatalogEntry entry = catalog.load(CancelToken.never()).entries().getFirst();

        assertThat(entry.isUsable()).isTrue();
        assertThat(entry.authenticated()).isFalse();
        refused(ProblemCode.KEY_MISSING, () -> catalog.manifest(entry));
        assertThat(catalog.unauthenticatedManifest(entry).id()).isEqualTo(entry.id());
    }

    @Test
    void aManifestThatWentSinceIsNamed() throws Exception {
        String key = FOLDER + buckets.full(DAY) + ".manifest.json";
        CatalogEntry entry = only();
        delete(buckets.primary, key);
        delete(buckets.dr, key);

        refused(ProblemCode.OBJECT_MISSING, () -> buckets.catalog(cache).manifest(entry));
    }

    @Test
    void aSpoiledCacheChangesNothing() throws Exception {
        buckets.full(DAY);
        CatalogEntry before = only();
        try (var files = Files.walk(cache)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] kept = Files.readAllBytes(file);
                kept[kept.length - 5] ^= 1;
                Files.write(file, kept);
            }
        }

        assertThat(only()).isEqualTo(before);
    }

    @Test
    void aManifestThatWasReplacedIsNotTakenFromTheCache() throws Exception {
        String key = FOLDER + buckets.full(DAY) + ".manifest.json";
        only();
        buckets.put(key, SOME);

        assertThat(only().status()).isEqualTo(BackupStatus.MANIFEST_DAMAGED);
    }

    @Test
    void theSecondListingReadsManifestsFromTheCacheAlone() throws Exception {
        buckets.full(DAY);
        CatalogEntry before = only();
        var regions =
                new RegionPair(
                        refusing(buckets.primary, name -> name.equals("get"), Kind.UNREACHABLE),
                        refusing(buckets.dr, name -> name.equals("get"), Kind.UNREACHABLE),
                        RegionChoice.AUTO);

        CatalogEntry after =
                TestBuckets.catalog(regions, cache, Optional.of(RING))
                        .load(CancelToken.never())
                        .entries()
                        .getFirst();

        assertThat(after).isEqualTo(before);
    }

    @Test
    void theResultOfAVerificationIsShownWhileTheContentIsTheSame() throws Exception {
        String id = buckets.full(DAY);
        CatalogEntry entry = only();
        var older =
                new Verification(VerifyLevel.READABLE, Instant.parse("2026-04-08T00:00:00Z"), true);
        var newer =
                new Verification(VerifyLevel.LISTED, Instant.parse("2026-04-09T00:00:00Z"), false);
        for (Verification result : List.of(newer, older)) {
            var name = new VerifyRecordName(id, entry.facts().identity(), result);
            put(buckets.primary, name.key(TestBuckets.KEYS), SOME);
        }

        assertThat(only().verified()).contains(newer);

        buckets.full("other", DAY, RING);
        assertThat(entry("other_full_20260407_020000").verified()).isEmpty();
    }

    private static byte[] changed(byte[] document, String from, String to) {
        String text = new String(document, StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static RegionState state(CatalogEntry entry, Role role) {
        return entry.regions().get(role).state();
    }

    private CatalogListing load() throws RecoveryException {
        return buckets.catalog(cache).load(CancelToken.never());
    }

    private CatalogEntry only() throws RecoveryException {
        List<CatalogEntry> entries = load().entries();
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private CatalogEntry entry(String id) throws RecoveryException {
        return BackupChoice.byId(load(), id).entry();
    }

    private static void refused(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(RecoveryException.class))
                .extracting(RecoveryException::code)
                .isEqualTo(code);
    }
}
