package dev.lifeboat.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** Logical backups of a real server into a real S3 server. */
class FullBackupIT {
    private static BackupFixture in;
    private static TestCluster cluster;

    @BeforeAll
    static void startBoth() throws Exception {
        in = new BackupFixture();
        cluster = TestCluster.started(in.archiving());
        cluster.pgbench("-i", "-s", "1", "-q");
        cluster.execute("create role reporting");
    }

    @AfterAll
    static void endBoth() throws Exception {
        cluster.close();
        in.close();
    }

    @Test
    void restoresByTheCommandsOfItsManifest() throws Exception {
        BackupResult result = take();

        Manifest manifest = in.manifest(result);
        assertThat(manifest.objects())
                .extracting(Manifest.StoredObject::role)
                .containsExactly("dump", "globals");
        var shell = new ShellOf(in, cluster);
        cluster.execute("create database elsewhere");
        shell.runUntil(manifest.restoreByHand(), "psql -d postgres -f");
        assertThat(shell.run("cat " + result.id() + ".globals.sql")).contains("reporting");
        shell.run("pg_restore -d elsewhere " + result.id() + ".dump");
        try (Database session = Database.connect(cluster.spec("elsewhere"), CancelToken.never())) {
            assertThat(
                            session.<Long>one(
                                    row -> row.number("n"),
                                    "select count(*) as n from pgbench_accounts"))
                    .isEqualTo(100_000);
        }
    }

    @Test
    void leavesNothingWhenPgDumpFailsMidway() throws Exception {
        cluster.execute(
                "create table big as select g, md5(g::text) from generate_series(1,2000000) g");
        var before = in.keysOf(in.primary);
        Thread killer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        killDumpWhenItCopies();
                                    } catch (RecoveryException failed) {
                                        throw new IllegalStateException(failed);
                                    }
                                });

        assertThatThrownBy(FullBackupIT::take).isInstanceOf(RecoveryException.class);

        killer.join();
        assertThat(in.keysOf(in.primary)).isEqualTo(before);
        assertThat(in.primary.pendingUploads("")).isEmpty();
        assertThat(cluster.value("select status from backup_history order by id desc limit 1"))
                .isEqualTo("failed");
        cluster.execute("drop table big");
    }

    private static void killDumpWhenItCopies() throws RecoveryException {
        try (Database session = cluster.connect()) {
            for (int i = 0; i < 12_000; i++) {
                long killed =
                        session.one(
                                row -> row.number("n"),
                                """
                                select count(pg_terminate_backend(pid)) as n from pg_stat_activity
                                 where query like 'COPY public.big%'""");
                if (killed > 0) {
                    return;
                }
                CancelToken.never().sleep(Duration.ofMillis(5));
            }
        }
    }

    @Test
    void leavesNothingWhenItIsStopped() throws Exception {
        var before = in.keysOf(in.primary);
        var run = in.run();
        var stopped =
                new BackupRun(
                        run.clock(), run.home(), run.log(), run.progress(), new CancelToken(), "t");
        run.log()
                .onLine(
                        line -> {
                            if (line.startsWith("full backup")) {
                                stopped.cancel().cancel();
                            }
                        });

        assertThatThrownBy(() -> new FullBackup(in.source(cluster), in.target(), stopped).take())
                .isInstanceOf(dev.lifeboat.kernel.CancelledException.class);

        assertThat(in.keysOf(in.primary)).isEqualTo(before);
    }

    @Test
    void usesAHistoryTableThatIsThereAsFarAsItGoes() throws Exception {
        try (TestCluster other = TestCluster.started(Map.of())) {
            other.execute(
                    """
                    create table backup_history (backup_type varchar(20), status varchar(20),
                           created_at timestamp default now())""");

            BackupResult result = new FullBackup(in.source(other), in.target(), in.run()).take();

            assertThat(result.warnings()).isEmpty();
            assertThat(other.value("select backup_type || status from backup_history"))
                    .isEqualTo("fullcompleted");
        }
    }

    @Test
    void aHistoryThatCannotBeWrittenIsAWarning() throws Exception {
        try (TestCluster other = TestCluster.started(Map.of())) {
            other.execute("create view backup_history as select 1 as backup_type");

            BackupResult result = new FullBackup(in.source(other), in.target(), in.run()).take();

            assertThat(result.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("backup_history"));
        }
    }

    @Test
    void switchesWalAndSaysWhenThereIsNothingToSwitch() throws Exception {
        cluster.execute("create table switched(i int)");
        var wal = new WalSwitch(in.source(cluster), in.target(), in.run(), Duration.ofSeconds(20));

        WalSwitch.Switched first = wal.take();
        WalSwitch.Switched second = wal.take();

        assertThat(first.switched()).isTrue();
        assertThat(in.keysOf(in.primary)).contains("wal/" + first.segment().name());
        assertThat(second.segment()).isEqualTo(first.segment());
        assertThat(second.switched()).isFalse();
    }

    private static BackupResult take() throws RecoveryException {
        return new FullBackup(in.source(cluster), in.target(), in.run()).take();
    }
}
