package dev.lifeboat.postgres;

import static dev.lifeboat.postgres.Problems.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class BaseBackupIT {
    private static final CancelToken GO = CancelToken.never();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    @TempDir Path dir;

    @Test
    void takesVerifiesAndRecoversABase() throws Exception {
        try (var cluster = TestCluster.create("--wal-segsize=1")) {
            archiveInto(cluster, "archive");
            cluster.start();
            cluster.pgbench("-i", "-q", "-s", "1");
            Path copy = base(cluster);
            cluster.pgbench("-t", "50");
            String rows = cluster.value("select count(*) from pgbench_history");
            Lsn target = Lsn.parse(cluster.value("select pg_current_wal_insert_lsn()"));
            cluster.pgbench("-t", "20");
            cluster.stop(StopMode.FAST);
            var restored = recovery(cluster, copy, target);

            var server = ServerProcess.start(cluster.host, restored);
            server.awaitReady(PATIENCE, GO);

            var seen = new ArrayList<ServerLogEvent>();
            var log = server.log(restored.log());
            while (seen.stream().noneMatch(is(ServerLogEvent.Kind.PAUSING_AT_TARGET))) {
                seen.addAll(log.poll());
                GO.sleep(Duration.ofMillis(20));
            }
            try (var session = Database.connect(cluster.spec(), GO)) {
                assertThat(
                                session.query(
                                        row -> row.text("v"),
                                        "select count(*) as v from pgbench_history"))
                        .containsExactly(rows);
            }
            assertThat(seen)
                    .anyMatch(is(ServerLogEvent.Kind.BACKUP_RECOVERY_STARTED))
                    .anyMatch(is(ServerLogEvent.Kind.CONSISTENT))
                    .anyMatch(is(ServerLogEvent.Kind.SEGMENT_RESTORED))
                    .anyMatch(is(ServerLogEvent.Kind.STOPPING_BEFORE));
            server.stop(StopMode.FAST, PATIENCE, GO);
            var control = ControlFile.read(cluster.host, cluster.programs, copy, GO);
            assertThat(control.state()).isEqualTo("shut down in recovery");
            assertThat(control.minRecoveryEnd().isAfter(target)).isFalse();
        }
    }

    private static java.util.function.Predicate<ServerLogEvent> is(ServerLogEvent.Kind kind) {
        return event -> event.kind() == kind;
    }

    private static void archiveInto(TestCluster cluster, String name) throws Exception {
        Path archive = cluster.root.resolve(name);
        cluster.host.files().createPrivateDirectory(archive, cluster.user);
        cluster.set(
                Map.of(
                        "archive_mode",
                        "on",
                        "archive_command",
                        "cp %p " + archive + "/%f",
                        "wal_level",
                        "replica"));
    }

    /** An unpacked base beside the cluster, checked against its manifest. */
    private static Path base(TestCluster cluster) throws Exception {
        Path tar = cluster.root.resolve("base.tar");
        var progress = Progress.unwatched();
        try (var out = Files.newOutputStream(tar)) {
            new PgBaseBackup(cluster.host, cluster.programs)
                    .toStream(cluster.spec(), "a label", out, progress, GO);
        }
        assertThat(progress.done()).isEqualTo(Files.size(tar));
        Path copy = cluster.root.resolve("copy");
        cluster.host.files().createPrivateDirectory(copy, cluster.user);
        ProgramRun.capture(
                        cluster.host,
                        ProcessSpec.of("tar", "-x", "-f", tar.toString(), "-C", copy.toString()),
                        GO)
                .orThrow();
        cluster.host.files().chownTree(copy, cluster.user);
        Path manifest = cluster.root.resolve("backup_manifest");
        Files.move(copy.resolve("backup_manifest"), manifest);
        var verify = new PgVerifyBackup(cluster.host, cluster.programs);
        assertThat(verify.verify(copy, manifest, List.of(), GO)).isEmpty();
        Path flipped = copy.resolve("PG_VERSION");
        String content = Files.readString(flipped);
        Files.writeString(flipped, "14\n");
        assertThat(verify.verify(copy, manifest, List.of(), GO))
                .singleElement()
                .asString()
                .contains("checksum mismatch", "PG_VERSION");
        Files.writeString(flipped, content);
        return copy;
    }

    private static ServerStart recovery(TestCluster cluster, Path copy, Lsn target)
            throws Exception {
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "restore_command = 'cp "
                        + cluster.root
                        + "/archive/%f %p'\n"
                        + "recovery_target_lsn = '"
                        + target
                        + "'\n"
                        + "recovery_target_inclusive = off\n",
                StandardOpenOption.APPEND);
        cluster.host
                .files()
                .writeDurably(copy.resolve("recovery.signal"), new byte[0], cluster.user);
        return ServerStart.of(
                        cluster.programs, cluster.user, copy, cluster.root.resolve("copy.log"))
                .with(cluster.serverStart().settings())
                .with(Map.of("archive_mode", "off"));
    }

    @Test
    void stagesTablespacesAndRefusesToStreamThem() throws Exception {
        try (var cluster = TestCluster.started()) {
            Path space = cluster.root.resolve("space");
            cluster.host.files().createPrivateDirectory(space, cluster.user);
            cluster.execute(
                    "create tablespace space location '" + space + "'",
                    "create table there(i int) tablespace space");
            var backup = new PgBaseBackup(cluster.host, cluster.programs);

            assertProblem(
                            ProblemCode.PROGRAM_FAILED,
                            () ->
                                    backup.toStream(
                                            cluster.spec(),
                                            "x",
                                            java.io.OutputStream.nullOutputStream(),
                                            Progress.unwatched(),
                                            GO))
                    .extracting(problem -> problem.why())
                    .asString()
                    .contains("single tablespace");
            backup.toDirectory(cluster.spec(), "x", dir.resolve("staged"), GO);

            try (var session = cluster.connect()) {
                var info = ServerInfo.read(session);
                assertThat(info.tablespaces())
                        .singleElement()
                        .satisfies(
                                tablespace -> {
                                    assertThat(tablespace.location()).isEqualTo(space.toString());
                                    assertThat(dir.resolve("staged/" + tablespace.oid() + ".tar"))
                                            .exists();
                                });
            }
            assertThat(dir.resolve("staged/base.tar")).exists();
            assertThat(dir.resolve("staged/backup_manifest")).exists();
        }
    }

    @Test
    void readsTheControlFileAndRefusesADamagedOne() throws Exception {
        try (var cluster = TestCluster.started()) {
            var running =
                    ControlFile.read(cluster.host, cluster.programs, cluster.dataDirectory, GO);
            try (var session = cluster.connect()) {
                var info = ServerInfo.read(session);
                assertThat(running.systemIdentifier()).isEqualTo(info.systemIdentifier());
                assertThat(running.limits()).isEqualTo(info.limits());
                assertThat(running.pageChecksums()).isTrue();
                assertThat(running.walSegmentBytes()).isEqualTo(info.walSegmentBytes());
                assertThat(running.timeline()).isEqualTo(info.timeline());
            }
            assertThat(running.state()).isEqualTo("in production");
            cluster.stop(StopMode.FAST);
            Path file = cluster.dataDirectory.resolve(ControlFile.PATH);
            byte[] content = Files.readAllBytes(file);
            content[40] ^= 1;
            Files.write(file, content);

            assertProblem(
                    ProblemCode.SERVER_FAILED,
                    () ->
                            ControlFile.read(
                                    cluster.host, cluster.programs, cluster.dataDirectory, GO));
        }
    }
}
