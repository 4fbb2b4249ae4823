package dev.lifeboat.backup.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.archive.ArchiveFixture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The resident over an archive in memory, beside a data directory without a server. */
@DisabledOnOs(OS.WINDOWS)
class ResidentPusherTest {
    private static final String FIRST = "000000010000000000000005";
    private static final String SECOND = "000000010000000000000006";
    private static final String STAMP = "2|/opt/lifeboat||bucket";
    @TempDir private Path folder;
    private final ArchiveFixture in = new ArchiveFixture();
    private final CancelToken cancel = new CancelToken();
    private Path data;
    private Path home;
    private CompletableFuture<String> resident;

    @BeforeEach
    void makeDataDirectory() throws IOException {
        data = makeData();
        home = folder.resolve("home");
    }

    private Path makeData() throws IOException {
        Path made = folder.resolve("data");
        Files.createDirectories(made.resolve("pg_wal/archive_status"));
        Files.createDirectories(made.resolve("global"));
        byte[] control =
                ByteBuffer.allocate(512)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(Long.parseUnsignedLong(ArchiveFixture.CLUSTER.systemIdentifier()))
                        .array();
        Files.write(made.resolve("global/pg_control"), control);
        Files.writeString(made.resolve("PG_VERSION"), "15\n");
        Files.writeString(
                made.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + made + "\n");
        return made.toRealPath();
    }

    @AfterEach
    void endResident() throws Exception {
        cancel.cancel();
        if (resident != null) {
            resident.handle((_, _) -> "").get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void pushesWhatIsReadyAheadOfBeingAskedAndMarksIt() throws Exception {
        ready(FIRST);
        ready(SECOND);

        start(usual());

        for (String name : new String[] {FIRST, SECOND}) {
            await(() -> Files.exists(marker(name)));
            assertThat(in.archived(name)).isTrue();
            assertThat(Files.readString(marker(name)))
                    .isEqualTo(stat(data.resolve("pg_wal").resolve(name)) + "\n" + STAMP + "\n");
        }
    }

    @Test
    void answersForAFileThatNobodyMarkedReady() throws Exception {
        write(FIRST);
        start(usual());
        awaitPid();

        PushClient.Result result = client(STAMP, refusing()).push(walFile(FIRST));

        assertThat(result.byResident()).isTrue();
        assertThat(in.archived(FIRST)).isTrue();
    }

    @Test
    void marksNothingBeforeItIsDurable() throws Exception {
        in.failPrimary(StorageException.Kind.ACCESS_DENIED);
        ready(FIRST);

        start(usual());

        await(() -> Files.exists(folderOf().resolve("failed").resolve(FIRST)) || resident.isDone());
        assertThat(marker(FIRST)).doesNotExist();
    }

    @Test
    void tellsTheProblemThatStoppedAFile() throws Exception {
        write(FIRST);
        in.push(FIRST, ArchiveFixture.segment(FIRST, 2));
        start(usual());
        awaitPid();

        assertThatThrownBy(() -> client(STAMP, refusing()).push(walFile(FIRST)))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.WAL_CONFLICT));
    }

    @Test
    void forgetsWhatTheServerHasTakenNoteOf() throws Exception {
        ready(FIRST);
        start(usual());
        await(() -> Files.exists(marker(FIRST)));

        Files.delete(data.resolve("pg_wal/archive_status/" + FIRST + ".ready"));

        await(() -> !Files.exists(marker(FIRST)));
    }

    @Test
    void givesWayWhenTheSettingsChange() throws Exception {
        write(FIRST);
        start(usual());
        awaitPid();

        PushClient.Result result = client("2|another bucket", ownPush()).push(walFile(FIRST));

        assertThat(result.byResident()).isFalse();
        assertThat(resident.get(20, TimeUnit.SECONDS)).contains("outdated");
    }

    @Test
    void aClientWithoutAStampAsksNobody() throws Exception {
        write(FIRST);
        start(new ResidentPusher.Terms("", 1, ages(), ages(), ages()));
        awaitPid();

        assertThat(client("", ownPush()).push(walFile(FIRST)).byResident()).isFalse();
    }

    @Test
    void noResidentThatCouldNotWriteIsLeftBehindAndThatIsSaid() throws Exception {
        write(FIRST);
        Files.writeString(home, "no folder, as another user's is none to this one");

        PushClient.Result result =
                new PushClient(
                                home,
                                STAMP,
                                ownPush(),
                                _ -> {
                                    throw new AssertionError("it could only fail, unheard");
                                })
                        .push(walFile(FIRST));

        assertThat(in.archived(FIRST)).isTrue();
        assertThat(result.alone().orElseThrow().remedy()).contains("LIFEBOAT_HOME");
    }

    @Test
    void aClientThatLeavesNobodyBehindSaysWhy() throws Exception {
        write(FIRST);
        var refused = new RecoveryException(ProblemCode.HOST_FAILURE, "What.", "Why.", "Remedy.");

        PushClient.Result result =
                new PushClient(
                                home,
                                STAMP,
                                ownPush(),
                                _ -> {
                                    throw refused;
                                })
                        .push(walFile(FIRST));

        assertThat(in.archived(FIRST)).isTrue();
        assertThat(result.alone()).contains(refused.problem());
    }

    @Test
    void thereIsOneForADataDirectory() throws Exception {
        start(usual());
        awaitPid();

        assertThatThrownBy(() -> make(usual()).run(CancelToken.never()))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.JOB_BUSY));
    }

    @Test
    void endsWhenTheServerIsGone() throws Exception {
        Files.delete(data.resolve("postmaster.pid"));

        start(new ResidentPusher.Terms(STAMP, 1, ages(), Duration.ofMillis(300), ages()));

        assertThat(resident.get(20, TimeUnit.SECONDS)).contains("server is gone");
        assertThat(folderOf().resolve("pid")).doesNotExist();
    }

    @Test
    void endsWhenThereIsNothingToDo() throws Exception {
        start(new ResidentPusher.Terms(STAMP, 1, Duration.ofMillis(300), ages(), ages()));

        assertThat(resident.get(20, TimeUnit.SECONDS)).contains("nothing to do");
    }

    @Test
    void endsWhenItsFolderIsRemoved() throws Exception {
        start(usual());
        awaitPid();

        new LocalHost().files().deleteTree(home, folder);

        assertThat(resident.get(20, TimeUnit.SECONDS)).contains("asked to end");
    }

    @Test
    void refusesAFileOutsideADataDirectory() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve(FIRST), "x");

        assertThatThrownBy(() -> client(STAMP, refusing()).push(elsewhere))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.USAGE));
    }

    private static Duration ages() {
        return Duration.ofHours(1);
    }

    private static ResidentPusher.Terms usual() {
        return new ResidentPusher.Terms(STAMP, 2, ages(), ages(), ages());
    }

    private ResidentPusher make(ResidentPusher.Terms terms) throws RecoveryException {
        return new ResidentPusher(
                new LocalHost(),
                home,
                DataDirectory.at(data),
                new SegmentPush(in.pusher()),
                terms,
                Clock.systemUTC());
    }

    private void start(ResidentPusher.Terms terms) throws RecoveryException {
        ResidentPusher made = make(terms);
        resident = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                resident.complete(made.run(cancel));
                            } catch (RecoveryException failed) {
                                resident.completeExceptionally(failed);
                            }
                        });
    }

    private PushClient client(String stamp, PushClient.OwnPush own) {
        return new PushClient(home, stamp, own, _ -> {});
    }

    private static PushClient.OwnPush refusing() {
        return () -> {
            throw new AssertionError("the resident was to answer");
        };
    }

    private PushClient.OwnPush ownPush() {
        return () -> new SegmentPush(in.pusher());
    }

    private void ready(String name) throws IOException {
        write(name);
        Files.createFile(data.resolve("pg_wal/archive_status/" + name + ".ready"));
    }

    private void write(String name) throws IOException {
        Files.write(data.resolve("pg_wal").resolve(name), ArchiveFixture.segment(name, 1));
    }

    private Path walFile(String name) {
        return data.resolve("pg_wal").resolve(name);
    }

    private Path folderOf() throws RecoveryException {
        return PushFolder.of(home, DataDirectory.at(data)).path();
    }

    private Path marker(String name) throws RecoveryException {
        return folderOf().resolve("durable").resolve(name);
    }

    private void awaitPid() throws Exception {
        await(() -> Files.exists(folderOf().resolve("pid")));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < 1000 && !condition.holds(); i++) {
            CancelToken.never().sleep(Duration.ofMillis(20));
        }
        assertThat(condition.holds()).isTrue();
    }

    /** What the launcher compares with. */
    private static String stat(Path file) throws IOException {
        Process process =
                new ProcessBuilder("stat", "-c", "%s %i %.9Y", "--", file.toString()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
