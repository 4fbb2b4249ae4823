package dev.lifeboat.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Base backups of a real server into a real S3 server. */
class BaseBackupIT {
    private static BackupFixture in;
    private static TestCluster cluster;

    @BeforeAll
    static void startBoth() throws Exception {
        in = new BackupFixture();
        cluster = TestCluster.create("--data-checksums");
        cluster.set(in.archiving()).start();
        cluster.pgbench("-i", "-s", "2", "-q");
    }

    @AfterAll
    static void endBoth() throws Exception {
        cluster.close();
        in.close();
    }

    @Test
    void restoresByTheCommandsOfItsManifest() throws Exception {
        BackupResult result = take(cluster);

        Manifest manifest = in.manifest(result);
        assertThat(manifest.kind()).isEqualTo(BackupKind.BASE);
        assertThat(manifest.objects()).hasSizeGreaterThan(20);
        assertThat(manifest.base().dataChecksums()).isTrue();
        assertThat(manifest.base().stopTime()).isAfter(manifest.base().startTime());
        assertThat(manifest.systemIdentifier())
                .isEqualTo(cluster.value("select system_identifier from pg_control_system()"));
        assertThat(manifest.tables())
                .anySatisfy(
                        table -> {
                            assertThat(table.table()).isEqualTo("public.pgbench_accounts");
                            assertThat(table.rows()).isEqualTo(200_000);
                        });
        assertThat(result.plainBytes())
                .isEqualTo(manifest.objects().stream().mapToLong(StoredObject::plainBytes).sum());
        var shell = new ShellOf(in, cluster);
        shell.runUntil(manifest.restoreByHand(), "recovery.signal");
        assertThat(shell.verified("data")).contains("backup successfully verified");
    }

    @Test
    void everyFrameSaysWhichFileItBeginsIn() throws Exception {
        Manifest manifest = in.manifest(take(cluster));
        Path unpacked = new ShellOf(in, cluster).unpacked(manifest);

        for (StoredObject frame : manifest.objects()) {
            if (frame.continues() != null) {
                byte[] plain = plain(frame);
                Path file = unpacked.resolve(frame.continues().path());
                byte[] whole = Files.readAllBytes(file);
                int count = (int) Math.min(frame.continues().remaining(), plain.length);
                assertThat(whole.length)
                        .isEqualTo(
                                (int) (frame.continues().offset() + frame.continues().remaining()));
                assertThat(java.util.Arrays.copyOf(plain, count))
                        .isEqualTo(
                                java.util.Arrays.copyOfRange(
                                        whole,
                                        (int) frame.continues().offset(),
                                        (int) frame.continues().offset() + count));
            }
        }
        assertThat(manifest.objects()).anyMatch(frame -> frame.continues() != null);
    }

    @Test
    void takesTablespacesToo() throws Exception {
        try (TestCluster other = TestCluster.create()) {
            Path directory = other.root.resolve("fast disk");
            other.host.files().createPrivateDirectory(directory, other.user);
            try (BackupFixture bucket = new BackupFixture()) {
                other.set(bucket.archiving()).start();
                other.execute(
                        "create tablespace fast location '" + directory + "'",
                        "create table t tablespace fast as select g, repeat('x', 100) s"
                                + " from generate_series(1, 50000) g");

                BackupResult result =
                        new BaseBackup(
                                        bucket.source(other),
                                        bucket.target(),
                                        bucket.run(),
                                        BackupFixture.options())
                                .take();

                Manifest manifest = bucket.manifest(result);
                assertThat(manifest.base().tablespaces())
                        .singleElement()
                        .satisfies(
                                tablespace -> {
                                    assertThat(tablespace.name()).isEqualTo("fast");
                                    assertThat(tablespace.location())
                                            .isEqualTo(directory.toString());
                                    assertThat(tablespace.plainBytes()).isGreaterThan(5_000_000);
                                });
                assertThat(manifest.objects())
                        .anyMatch(frame -> frame.key().contains("/base.tar.0000000.zst.enc"))
                        .anyMatch(
                                frame ->
                                        frame.key()
                                                .contains(
                                                        "/"
                                                                + manifest.base()
                                                                        .tablespaces()
                                                                        .getFirst()
                                                                        .oid()
                                                                + ".tar.0000000.zst.enc"));
                other.stop(dev.lifeboat.postgres.StopMode.FAST);
                other.host.files().deleteTree(directory, other.root);
                var shell = new ShellOf(bucket, other);
                shell.runUntil(manifest.restoreByHand(), "recovery.signal");
                shell.run(
                        "mkdir -p data/pg_tblspc && ln -s '"
                                + directory
                                + "' data/pg_tblspc/"
                                + manifest.base().tablespaces().getFirst().oid());
                assertThat(shell.verified("data")).contains("backup successfully verified");
                assertThat(
                                bucket.folder
                                        .resolve("home/backups")
                                        .resolve(result.id())
                                        .resolve("staging"))
                        .doesNotExist();
            }
        }
    }

    @Test
    void tellsTheDatabaseAndTheLog() throws Exception {
        BackupResult result = take(cluster);

        assertThat(
                        cluster.value(
                                "select backup_type || ' ' || status from backup_history where"
                                        + " backup_id = '"
                                        + result.id()
                                        + "'"))
                .isEqualTo("base completed");
        // The runbook's own query.
        cluster.execute(
                """
                SELECT backup_type, created_at, status,
                       EXTRACT(EPOCH FROM (NOW() - created_at))/3600 as hours_since_backup
                FROM backup_history ORDER BY created_at DESC LIMIT 10""");
        assertThat(result.warnings()).isEmpty();
        assertThat(in.lines).anyMatch(line -> line.startsWith("Complete: "));
    }

    @Test
    void refusesAServerThatDoesNotArchive() throws Exception {
        try (TestCluster other = TestCluster.started(Map.of("archive_mode", "off"))) {
            assertThatThrownBy(() -> take(other))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> assertThat(e.code()).isEqualTo(ProblemCode.ARCHIVING_BROKEN));
        }
    }

    @Test
    void leavesNothingWhenArchivingIsBrokenAndNamesTheFailure() throws Exception {
        try (TestCluster other = TestCluster.create();
                BackupFixture bucket = new BackupFixture()) {
            other.set(
                            Map.of(
                                    "wal_level", "replica",
                                    "archive_mode", "on",
                                    "archive_command", "false"))
                    .start();
            var options = BackupFixture.options().withArchivePatience(Duration.ofSeconds(4));
            var backup =
                    new BaseBackup(bucket.source(other), bucket.target(), bucket.run(), options);

            assertThatThrownBy(backup::take)
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo(ProblemCode.ARCHIVING_BROKEN);
                                assertThat(e.problem().why()).contains("archive_command failed");
                            });

            assertThat(bucket.keysOf(bucket.primary)).isEmpty();
            assertThat(other.value("select status from backup_history")).isEqualTo("failed");
        }
    }

    @Test
    void saysThatTheServerArchivesElsewhere() throws Exception {
        try (TestCluster other = TestCluster.create();
                BackupFixture bucket = new BackupFixture()) {
            other.set(
                            Map.of(
                                    "wal_level", "replica",
                                    "archive_mode", "on",
                                    "archive_command", "true"))
                    .start();
            var options = BackupFixture.options().withArchivePatience(Duration.ofSeconds(2));
            var backup =
                    new BaseBackup(bucket.source(other), bucket.target(), bucket.run(), options);

            assertThatThrownBy(backup::take)
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> assertThat(e.problem().what()).contains("not to this archive"));

            assertThat(bucket.keysOf(bucket.primary)).isEmpty();
        }
    }

    @Test
    void refusesTheBucketOfAnotherCluster() throws Exception {
        take(cluster);
        try (TestCluster other = TestCluster.create()) {
            other.set(in.archiving()).start();
            List<String> before = in.keysOf(in.primary);

            assertThatThrownBy(() -> take(other))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> {
                                assertThat(e.code())
                                        .isEqualTo(ProblemCode.SYSTEM_IDENTIFIER_FOREIGN);
                                assertThat(e.problem().remedy()).contains("BACKUP_PREFIX");
                            });

            assertThat(in.keysOf(in.primary).stream().filter(key -> key.startsWith("backups/")))
                    .isEqualTo(before.stream().filter(key -> key.startsWith("backups/")).toList());
        }
    }

    @Test
    void theNextBackupRemovesWhatAKilledOneLeft() throws Exception {
        var startedAt = java.time.Instant.parse("2026-04-07T02:00:00Z");
        var region = in.regions().regions().getFirst();
        var objects =
                BackupJournal.objects(
                        region, "", BackupKind.BASE, "x_base_20260407_020000", startedAt);
        BackupJournal killed =
                BackupJournal.begin(
                        in.folder.resolve("home"),
                        "x_base_20260407_020000",
                        BackupKind.BASE,
                        region,
                        objects,
                        java.time.Clock.systemUTC());
        String orphan = objects.stem() + "/base.tar.0000000.zst.enc";
        objects.put(orphan, dev.lifeboat.storage.ByteSource.of(new byte[10]));
        killed.close();

        take(cluster);

        assertThat(in.keysOf(in.primary)).doesNotContain(orphan);
    }

    private static byte[] plain(StoredObject frame) throws RecoveryException, IOException {
        try (var content =
                dev.lifeboat.pipeline.RecognisedContent.open(
                                frame.key(),
                                new java.io.ByteArrayInputStream(in.bytes(frame.key())),
                                dev.lifeboat.crypto.ExpectedContent.unknown(),
                                java.util.Optional.of(
                                        dev.lifeboat.crypto.DecryptionKeys.certain(
                                                in.keys.current())),
                                in.cancel,
                                new dev.lifeboat.kernel.Progress())
                        .content()) {
            return content.readAllBytes();
        }
    }

    private static BackupResult take(TestCluster of) throws RecoveryException {
        return new BaseBackup(in.source(of), in.target(), in.run(), BackupFixture.options()).take();
    }
}
