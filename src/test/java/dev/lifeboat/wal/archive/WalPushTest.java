package dev.lifeboat.wal.archive;

import static dev.lifeboat.wal.archive.ArchiveFixture.CLUSTER;
import static dev.lifeboat.wal.archive.ArchiveFixture.put;
import static dev.lifeboat.wal.archive.ArchiveFixture.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StorageException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class WalPushTest {
    private static final String NAME = "000000010000000000000005";
    private static final String KEY = "wal/" + NAME + ".zst.enc";
    private final ArchiveFixture in = new ArchiveFixture();

    @Test
    void storesCompressedEncryptedAndAuthenticated() throws RecoveryException {
        Pushed pushed = in.push(NAME, segment(NAME, 1));

        assertThat(pushed.region()).isEqualTo(Region.Role.PRIMARY);
        assertThat(pushed.existed()).isFalse();
        assertThat(pushed.diverted()).isEmpty();
        assertThat(pushed.storedBytes()).isLessThan(ArchiveFixture.SEGMENT_BYTES);
        assertThat(new String(ArchiveFixture.bytes(in.primary, KEY), 0, 8, StandardCharsets.UTF_8))
                .isEqualTo("Salted__");
        assertThat(in.primary.memory.head(KEY).orElseThrow().metadata())
                .containsEntry("system-identifier", CLUSTER.systemIdentifier())
                .containsEntry("plain-bytes", "1048576")
                .containsKeys("plain-sha256", "stored-sha256", "hmac")
                .containsEntry("key-fingerprint", in.keys.current().fingerprint().hex());
    }

    @Test
    void theSameContentAgainIsFine() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        String etag = in.primary.memory.head(KEY).orElseThrow().etag();

        Pushed again = in.push(NAME, segment(NAME, 1));

        assertThat(again.existed()).isTrue();
        assertThat(in.primary.memory.head(KEY).orElseThrow().etag()).isEqualTo(etag);
    }

    @Test
    void otherContentIsRefusedAndNothingReplaced() throws RecoveryException {
        in.push(NAME, segment(NAME, 1));
        String etag = in.primary.memory.head(KEY).orElseThrow().etag();

        refused(ProblemCode.WAL_CONFLICT, () -> in.push(NAME, segment(NAME, 2)));

        assertThat(in.primary.memory.head(KEY).orElseThrow().etag()).isEqualTo(etag);
    }

    @Test
    void comparesWithWhatTheRunbooksCommandLeft() throws RecoveryException {
        put(in.primary, "wal/" + NAME, segment(NAME, 1));

        assertThat(in.push(NAME, segment(NAME, 1)).existed()).isTrue();
        refused(ProblemCode.WAL_CONFLICT, () -> in.push(NAME, segment(NAME, 2)));
        assertThat(in.primary.memory.head(KEY)).isEmpty();
    }

    @Test
    void refusesAStrangerAndSaysSetAPrefix() throws RecoveryException {
        in.newestBase = Optional.of(new ClusterIdentity("42", 15));

        assertThatThrownBy(() -> in.push(NAME, segment(NAME, 1)))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ProblemCode.SYSTEM_IDENTIFIER_FOREIGN);
                            assertThat(e.problem().remedy()).contains("BACKUP_PREFIX");
                        });

        assertThat(in.primary.memory.head(KEY)).isEmpty();
    }

    @Test
    void refusesAnotherMajorVersion() {
        in.newestBase = Optional.of(new ClusterIdentity(CLUSTER.systemIdentifier(), 16));

        refused(ProblemCode.SYSTEM_IDENTIFIER_FOREIGN, () -> in.push(NAME, segment(NAME, 1)));
    }

    @Test
    void anArchiveWithoutABaseTakesWal() throws RecoveryException {
        in.newestBase = Optional.empty();

        assertThat(in.push(NAME, segment(NAME, 1)).existed()).isFalse();
    }

    @Test
    void refusesASegmentThatIsNotOfThisDataDirectory() {
        byte[] foreign = segment(NAME, new ClusterIdentity("42", 15), 1);

        refused(ProblemCode.SYSTEM_IDENTIFIER_FOREIGN, () -> in.push(NAME, foreign));
    }

    @Test
    void refusesASegmentThatIsNotTheOneItsNameSays() {
        refused(
                ProblemCode.WAL_DAMAGED,
                () -> in.push(NAME, segment("000000010000000000000006", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postmaster.pid", "000000010000000000000005.gz", "xlogtemp.1"})
    void refusesWhatPostgresqlDoesNotArchive(String name) {
        refused(ProblemCode.WAL_DAMAGED, () -> in.push(name, new byte[10]));
    }

    @Test
    void takesHistoryBackupAndPartialFiles() throws RecoveryException {
        in.push("00000002.history", "1\t0/500000\treason\n".getBytes(StandardCharsets.UTF_8));
        in.push(NAME + ".00000028.backup", label().getBytes(StandardCharsets.UTF_8));
        in.push(NAME + ".partial", segment(NAME, 1));

        for (String file : new String[] {"00000002.history", NAME + ".00000028.backup"}) {
            assertThat(in.fetch(file)).isInstanceOf(Fetched.Found.class);
        }
    }

    @Test
    void goesToDrWhileThePrimaryIsUnreachable() throws RecoveryException {
        in.primary.failing = StorageException.Kind.UNREACHABLE;

        Pushed pushed = in.push(NAME, segment(NAME, 1));

        assertThat(pushed.region()).isEqualTo(Region.Role.DR);
        assertThat(pushed.diverted()).isPresent();
        assertThat(in.dr.memory.head(KEY)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCESS_DENIED", "CREDENTIALS_EXPIRED", "BUCKET_MISSING", "THROTTLED"})
    void nothingButUnavailabilityDivertsASegment(String kind) {
        in.primary.failing = StorageException.Kind.valueOf(kind);

        assertThatThrownBy(() -> in.push(NAME, segment(NAME, 1)))
                .isInstanceOf(StorageException.class);
        assertThat(in.dr.requests).hasValue(0);
    }

    @Test
    void withoutDrALostPrimaryIsAFailure() {
        var only =
                new dev.lifeboat.storage.RegionPair(
                        in.primary.store(), null, dev.lifeboat.storage.RegionChoice.AUTO);
        in.primary.failing = StorageException.Kind.UNREACHABLE;
        var pusher = new WalPusher(only, in.keys, "", () -> in.newestBase);

        refused(
                ProblemCode.STORAGE_UNREACHABLE,
                () -> pusher.push(WalSource.of(NAME, segment(NAME, 1), CLUSTER)));
    }

    @Test
    void archivesWhileTheOwnerCannotBeAsked() throws RecoveryException {
        in.primary.failing = StorageException.Kind.UNREACHABLE;
        var pusher =
                new WalPusher(
                        in.regions(),
                        in.keys,
                        "",
                        () -> {
                            throw new StorageException(
                                    StorageException.Kind.UNREACHABLE, "a", "b", "c");
                        });

        Pushed pushed = pusher.push(WalSource.of(NAME, segment(NAME, 1), CLUSTER));

        assertThat(pushed.region()).isEqualTo(Region.Role.DR);
    }

    private static String label() {
        return """
        START WAL LOCATION: 0/500028 (file 000000010000000000000005)
        STOP WAL LOCATION: 0/500100 (file 000000010000000000000005)
        CHECKPOINT LOCATION: 0/500060
        BACKUP METHOD: streamed
        BACKUP FROM: primary
        START TIME: 2026-04-07 02:00:00 UTC
        LABEL: test
        START TIMELINE: 1
        STOP TIME: 2026-04-07 02:00:01 UTC
        STOP TIMELINE: 1
        """;
    }

    private static void refused(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RecoveryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
