package dev.lifeboat.wal.archive;

import static dev.lifeboat.wal.archive.ArchiveFixture.EXPECTED;
import static dev.lifeboat.wal.archive.ArchiveFixture.put;
import static dev.lifeboat.wal.archive.ArchiveFixture.replicate;
import static dev.lifeboat.wal.archive.ArchiveFixture.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.WalFileName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

class WalFetchTest {
    private static final String NAME = "000000010000000000000005";
    private static final String KEY = "wal/" + NAME + ".zst.enc";
    private final ArchiveFixture in = new ArchiveFixture();

    @Test
    void givesBackWhatWasPushed() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));

        Fetched.Found found = found(in.fetch(NAME));

        assertThat(found.content()).isEqualTo(segment(NAME, 1));
        assertThat(found.form()).isEqualTo(ArchivedForm.ZSTD_ENCRYPTED);
        assertThat(found.region()).isEqualTo(Region.Role.PRIMARY);
        assertThat(found.authenticated()).isTrue();
        assertThat(found.passedOver()).isEmpty();
    }

    @Test
    void isAbsentOnlyWhenEveryRegionProvesIt() throws RecoveryException {
        in.push("000000010000000000000004", segment("000000010000000000000004", 1));

        assertThat(in.fetch(NAME))
                .isEqualTo(
                        new Fetched.Absent(
                                WalFileName.parse(NAME),
                                java.util.List.of(Region.Role.PRIMARY, Region.Role.DR)));
        for (StorageException.Kind kind :
                new StorageException.Kind[] {
                    StorageException.Kind.UNREACHABLE,
                    StorageException.Kind.ACCESS_DENIED,
                    StorageException.Kind.BUCKET_MISSING,
                    StorageException.Kind.CREDENTIALS_EXPIRED
                }) {
            in.dr.failing = kind;
            assertThat(in.fetch(NAME)).as("DR says %s", kind).isInstanceOf(Fetched.Unknown.class);
            in.dr.failing = null;
            in.primary.failing = kind;
            assertThat(in.fetch(NAME)).as("primary: %s", kind).isInstanceOf(Fetched.Unknown.class);
            in.primary.failing = null;
        }
    }

    @Test
    void aFileWhoseNameOnlyBeginsAlikeIsAnotherOne() throws RecoveryException {
        in.push(NAME + ".partial", segment(NAME, 1));

        assertThat(in.fetch(NAME)).isInstanceOf(Fetched.Absent.class);
        assertThat(in.fetch(NAME + ".partial")).isInstanceOf(Fetched.Found.class);
    }

    @Test
    void takesTheCopyOfTheRegionThatIsLeft() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        replicate(in.primary, in.dr, KEY);
        in.primary.failing = StorageException.Kind.UNREACHABLE;

        Fetched.Found found = found(in.fetch(NAME));

        assertThat(found.region()).isEqualTo(Region.Role.DR);
        assertThat(found.passedOver())
                .singleElement()
                .satisfies(
                        problem ->
                                assertThat(problem.code())
                                        .isEqualTo(ProblemCode.STORAGE_UNREACHABLE));
    }

    @Test
    void leavesALostRegionAloneForAWhile() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        in.dr.failing = StorageException.Kind.UNREACHABLE;
        WalArchive archive = in.archive();
        int before = in.dr.requests.get();

        archive.fetch(WalFileName.parse(NAME), EXPECTED);
        archive.fetch(WalFileName.parse(NAME), EXPECTED);

        assertThat(in.dr.requests.get() - before).isEqualTo(1);
    }

    @Test
    void aLostRegionIsNeverReadAsAbsenceWhileItIsLeftAlone() throws RecoveryException {
        in.dr.failing = StorageException.Kind.UNREACHABLE;
        WalArchive archive = in.archive();

        for (int i = 0; i < 3; i++) {
            assertThat(archive.fetch(WalFileName.parse(NAME), EXPECTED))
                    .isInstanceOf(Fetched.Unknown.class);
        }
    }

    @Test
    void takesTheOtherRegionsCopyWhenOneIsDamaged() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        replicate(in.primary, in.dr, KEY);
        byte[] stored = ArchiveFixture.bytes(in.primary, KEY);
        for (int at : new int[] {0, 8, 20, stored.length / 2, stored.length - 1}) {
            byte[] flipped = stored.clone();
            flipped[at] ^= 1;
            ArchiveFixture.replace(in.primary, KEY, flipped);

            Fetched.Found found = found(in.fetch(NAME));

            assertThat(found.region()).as("bit flipped at %s", at).isEqualTo(Region.Role.DR);
            assertThat(found.content()).isEqualTo(segment(NAME, 1));
            assertThat(found.passedOver()).hasSize(1);
        }
    }

    @Test
    void saysWhatIsWrongWhenEveryCopyIsDamaged() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        byte[] stored = ArchiveFixture.bytes(in.primary, KEY);
        ArchiveFixture.replace(in.primary, KEY, Arrays.copyOf(stored, stored.length - 16));

        Fetched.Unknown unknown = unknown(in.fetch(NAME));

        assertThat(unknown.everyCopyDamaged()).isTrue();
        assertThat(unknown.problem().code()).isEqualTo(ProblemCode.OBJECT_TRUNCATED);
        assertThat(unknown.problem().what())
                .isEqualTo(NAME + " is damaged in primary, and dr has no copy of it.");
        assertThat(unknown.problem().remedy()).doesNotContain("copy of the other region");
    }

    @Test
    void namesEveryRegionWhoseCopyIsDamagedAndNoOtherCopyToTake() throws RecoveryException {
        damageBoth(new int[] {8, 20});

        Fetched.Unknown unknown = unknown(in.fetch(NAME));

        assertThat(unknown.everyCopyDamaged()).isTrue();
        assertThat(unknown.problem().what())
                .isEqualTo(NAME + " is damaged in every region: primary and dr.");
        assertThat(unknown.problem().why()).contains("s3://primary/" + KEY, "s3://dr/" + KEY);
        assertThat(unknown.problem().remedy())
                .contains("lifeboat replicate --apply.", "lifeboat wal salvage DIRECTORY")
                .doesNotContain("Take the copy", "--region", "--deep");
    }

    @Test
    void copiesThatAreDamagedAlikeAreFoundByReadingEverything() throws RecoveryException {
        damageBoth(new int[] {8, 8});

        assertThat(unknown(in.fetch(NAME)).problem().remedy())
                .contains("lifeboat replicate --apply --deep.");
    }

    @Test
    void aRegionThatDoesNotAnswerOrAnUnknownKeyIsNoDamage() throws RecoveryException {
        damageBoth(new int[] {8, 20});
        in.dr.failing = StorageException.Kind.UNREACHABLE;
        assertThat(unknown(in.fetch(NAME)).everyCopyDamaged()).isFalse();

        var others =
                new RegionWalArchive(
                        in.regions(),
                        ArchiveFixture.ring("another key"),
                        "",
                        WalTrust.AS_THE_ARCHIVE);
        in.dr.failing = null;
        assertThat(unknown(others.fetch(WalFileName.parse(NAME), EXPECTED)).everyCopyDamaged())
                .isFalse();
    }

    @Test
    void aRegionThatWasLeftOutMayHoldAGoodCopy() throws RecoveryException {
        damageBoth(new int[] {8, 20});
        var regions = new RegionPair(in.primary.store(), in.dr.store(), RegionChoice.PRIMARY);
        var archive = new RegionWalArchive(regions, in.keys, "", WalTrust.AS_THE_ARCHIVE);

        Fetched.Unknown unknown = unknown(archive.fetch(WalFileName.parse(NAME), EXPECTED));

        assertThat(unknown.problem().what())
                .isEqualTo(NAME + " is damaged in primary, the only region that was asked.");
        assertThat(unknown.problem().remedy()).startsWith("Allow the other region");
    }

    /** One bit of each region's copy, the primary's first. */
    private void damageBoth(int[] at) throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        replicate(in.primary, in.dr, KEY);
        byte[] stored = ArchiveFixture.bytes(in.primary, KEY);
        byte[] primary = stored.clone();
        primary[at[0]] ^= 1;
        byte[] dr = stored.clone();
        dr[at[1]] ^= 1;
        ArchiveFixture.replace(in.primary, KEY, primary);
        ArchiveFixture.replace(in.dr, KEY, dr);
    }

    private static Fetched.Unknown unknown(Fetched fetched) {
        assertThat(fetched).isInstanceOf(Fetched.Unknown.class);
        return (Fetched.Unknown) fetched;
    }

    @ParameterizedTest
    @EnumSource(ArchivedForm.class)
    void readsEveryForm(ArchivedForm form) throws Exception {
        put(in.primary, "wal/" + NAME + form.suffix(), stored(form, segment(NAME, 1)));

        Fetched.Found found = found(in.fetch(NAME));

        assertThat(found.content()).isEqualTo(segment(NAME, 1));
        assertThat(found.form()).isEqualTo(form);
        assertThat(found.authenticated()).isFalse();
    }

    @Test
    void recognisesContentWhateverItsNameSays() throws Exception {
        put(in.primary, KEY, segment(NAME, 1));
        assertThat(found(in.fetch(NAME)).content()).isEqualTo(segment(NAME, 1));

        put(in.primary, KEY, stored(ArchivedForm.GZIP, segment(NAME, 1)));
        assertThat(found(in.fetch(NAME)).content()).isEqualTo(segment(NAME, 1));

        put(in.primary, KEY, stored(ArchivedForm.ENCRYPTED, segment(NAME, 1)));
        assertThat(found(in.fetch(NAME)).content()).isEqualTo(segment(NAME, 1));
    }

    @Test
    void formsThatHoldTheSameAreOneFile() throws Exception {
        put(in.primary, "wal/" + NAME, segment(NAME, 1));
        put(in.primary, "wal/" + NAME + ".gz", stored(ArchivedForm.GZIP, segment(NAME, 1)));

        assertThat(found(in.fetch(NAME)).form()).isEqualTo(ArchivedForm.GZIP);
    }

    @Test
    void formsThatDifferAreAConflict() throws Exception {
        put(in.primary, "wal/" + NAME, segment(NAME, 1));
        put(in.primary, "wal/" + NAME + ".gz", stored(ArchivedForm.GZIP, segment(NAME, 2)));

        assertUnknown(in.fetch(NAME), ProblemCode.WAL_CONFLICT);
    }

    @Test
    void regionsThatDifferAreAConflict() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        in.primary.failing = StorageException.Kind.UNREACHABLE;
        in.push(NAME, segment(NAME, 2));
        in.primary.failing = null;

        assertUnknown(in.fetch(NAME), ProblemCode.WAL_CONFLICT);
    }

    @Test
    void theSameContentEncryptedTwiceIsNoConflict() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        in.primary.failing = StorageException.Kind.UNREACHABLE;
        in.push(NAME, segment(NAME, 1));
        in.primary.failing = null;

        assertThat(found(in.fetch(NAME)).region()).isEqualTo(Region.Role.PRIMARY);
    }

    @Test
    void refusesASegmentUnderAnotherName() throws RecoveryException {
        String other = "000000010000000000000006";
        in.push(other, segment(other, 1));
        var object = in.primary.memory.head("wal/" + other + ".zst.enc").orElseThrow();
        in.primary.memory.copy(object.key(), KEY);

        assertUnknown(in.fetch(NAME), ProblemCode.OBJECT_DAMAGED);
    }

    @Test
    void refusesAPlainSegmentUnderAnotherName() throws RecoveryException {
        put(in.primary, "wal/" + NAME, segment("000000010000000000000006", 1));

        assertUnknown(in.fetch(NAME), ProblemCode.WAL_DAMAGED);
    }

    @Test
    void refusesASegmentOfAnotherCluster() throws RecoveryException {
        var other = new ClusterIdentity("42", 15);
        put(in.primary, "wal/" + NAME, segment(NAME, other, 1));

        assertUnknown(in.fetch(NAME), ProblemCode.SYSTEM_IDENTIFIER_FOREIGN);
        assertThat(in.archive().fetch(WalFileName.parse(NAME), WalExpectation.none()))
                .isInstanceOf(Fetched.Found.class);
    }

    @Test
    void refusesAShortAndAnEmptySegment() throws RecoveryException {
        put(in.primary, "wal/" + NAME, Arrays.copyOf(segment(NAME, 1), 8192));
        assertUnknown(in.fetch(NAME), ProblemCode.WAL_DAMAGED);

        put(in.primary, "wal/" + NAME, new byte[0]);
        assertUnknown(in.fetch(NAME), ProblemCode.WAL_DAMAGED);

        put(in.primary, "wal/" + NAME, new byte[ArchiveFixture.SEGMENT_BYTES]);
        assertUnknown(in.fetch(NAME), ProblemCode.WAL_DAMAGED);
    }

    @Test
    void refusesUnauthenticatedWalWhereOtherWalIsAuthenticated() throws RecoveryException {
        String other = "000000010000000000000009";
        in.push(other, segment(other, 1));
        put(in.primary, "wal/" + NAME, segment(NAME, 1));

        assertUnknown(in.fetch(NAME), ProblemCode.WAL_UNAUTHENTICATED);
        var told =
                found(
                        in.archive(WalTrust.UNAUTHENTICATED_TOO)
                                .fetch(WalFileName.parse(NAME), EXPECTED));
        assertThat(told.authenticated()).isFalse();
    }

    @Test
    void anObjectWhoseMetadataWasLostIsNotAuthenticated() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        String other = "000000010000000000000009";
        in.push(other, segment(other, 1));
        put(in.primary, KEY, ArchiveFixture.bytes(in.primary, KEY));

        assertUnknown(in.fetch(NAME), ProblemCode.WAL_UNAUTHENTICATED);
    }

    @Test
    void namesTheKeyThatIsMissing() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        var archive =
                new RegionWalArchive(
                        in.regions(), ArchiveFixture.ring("another"), "", WalTrust.AS_THE_ARCHIVE);

        assertUnknown(archive.fetch(WalFileName.parse(NAME), EXPECTED), ProblemCode.KEY_WRONG);
    }

    @Test
    void readsWithAnOlderKeyOfTheRing() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        var archive =
                new RegionWalArchive(
                        in.regions(),
                        ArchiveFixture.ring("new", "correct horse battery staple"),
                        "",
                        WalTrust.AS_THE_ARCHIVE);

        assertThat(archive.fetch(WalFileName.parse(NAME), EXPECTED))
                .isInstanceOf(Fetched.Found.class);
    }

    @Test
    void aHistoryMustBeOne() throws RecoveryException {
        put(in.primary, "wal/00000002.history", text("1\t0/5000000\tno recovery target\n"));
        put(in.primary, "wal/00000003.history", text("nonsense\n"));
        WalArchive archive = in.archive();

        var histories =
                archive.histories(archive.inventory(CancelToken.never()), CancelToken.never());

        assertThat(histories.readable())
                .singleElement()
                .satisfies(history -> assertThat(history.timeline().value()).isEqualTo(2));
        assertThat(histories.unreadable()).hasSize(1);
    }

    @Test
    void asksNoRegionOutsideTheChoice() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        var only =
                new dev.lifeboat.storage.RegionPair(
                        in.primary.store(),
                        in.dr.store(),
                        dev.lifeboat.storage.RegionChoice.PRIMARY);
        int before = in.dr.requests.get();

        var archive = new RegionWalArchive(only, in.keys, "", WalTrust.AS_THE_ARCHIVE);
        assertThat(archive.fetch(WalFileName.parse(NAME), EXPECTED))
                .isInstanceOf(Fetched.Found.class);
        assertThat(archive.fetch(WalFileName.parse("000000010000000000000007"), EXPECTED))
                .isInstanceOf(Fetched.Absent.class);
        assertThat(in.dr.requests).hasValue(before);
    }

    private byte[] stored(ArchivedForm form, byte[] plain) throws IOException {
        var target = new ByteArrayOutputStream();
        if (form.encrypted()) {
            var encrypting = OpensslCipher.encrypting(target, in.keys.current());
            compress(form, plain, encrypting);
            encrypting.finish();
        } else {
            compress(form, plain, target);
        }
        return target.toByteArray();
    }

    private static void compress(ArchivedForm form, byte[] plain, OutputStream target)
            throws IOException {
        switch (form.compression()) {
            case NONE -> target.write(plain);
            case GZIP -> {
                var gzip = new GZIPOutputStream(target);
                gzip.write(plain);
                gzip.finish();
            }
            case ZSTD -> target.write(com.github.luben.zstd.Zstd.compress(plain));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Fetched.Found found(Fetched fetched) {
        assertThat(fetched).as("%s", fetched).isInstanceOf(Fetched.Found.class);
        return (Fetched.Found) fetched;
    }

    private static void assertUnknown(Fetched fetched, ProblemCode code) {
        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.Unknown.class,
                        unknown ->
                                assertThat(unknown.problem().code())
                                        .as("%s", unknown.problem())
                                        .isEqualTo(code));
    }
}
