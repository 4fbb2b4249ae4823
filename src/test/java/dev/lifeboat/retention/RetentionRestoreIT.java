package dev.lifeboat.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.backup.BackupRun;
import dev.lifeboat.backup.BackupSource;
import dev.lifeboat.backup.BackupTarget;
import dev.lifeboat.backup.BaseBackup;
import dev.lifeboat.backup.BaseOptions;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.PhysicalPlanner;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestoreOutcome;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreTools;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.storage.RegionCopy;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.index.IndexedWal;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Sixteen days of a real cluster in a few seconds: the stores' clock is the test's. After the
 * cleanup moments of the promised days are really restored.
 */
class RetentionRestoreIT {
    private static final int BASES = 5;
    private static final Duration BETWEEN = Duration.ofDays(4);
    private static final int RESTORES = 5;

    /** A position, when it was the newest by the simulated clock, and its rows. */
    private record Moment(Instant at, String lsn, long rows) {}

    private final List<Moment> moments = new ArrayList<>();
    private final CancelToken stop = CancelToken.never();
    private RetentionWorld world;
    private TestCluster cluster;
    private Path folder;

    @Test
    void momentsOfThePromisedDaysAreReallyRestoredAfterACleanup() throws Exception {
        folder =
                Files.createTempDirectory(
                        Path.of("/tmp"),
                        "lbret",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx--x--x")));
        world = new RetentionWorld(folder.resolve("cache"));
        world.now = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        cluster = TestCluster.create("--wal-segsize=1");
        try {
            live();
            Cleanup.Outcome outcome = world.clean();
            assertThat(outcome.plan().removals())
                    .anyMatch(removal -> removal.wal())
                    .anyMatch(removal -> !removal.wal());
            List<CatalogEntry> left =
                    world.catalog.load(CancelToken.never()).ofKind(BackupKind.BASE);
            assertThat(left).hasSize(BASES - 1).allMatch(CatalogEntry::isSafe);
            restoreSome();
        } finally {
            stop.cancel();
            cluster.close();
            new LocalHost().files().deleteTree(folder, folder.getParent());
        }
    }

    private void live() throws Exception {
        Path archive = Files.createDirectory(cluster.root.resolve("archive"));
        cluster.host.files().chown(archive, cluster.user);
        cluster.set(
                Map.of(
                        "archive_mode", "on",
                        "wal_level", "replica",
                        "archive_command",
                                "cp %p "
                                        + archive
                                        + "/%f.tmp && mv "
                                        + archive
                                        + "/%f.tmp "
                                        + archive
                                        + "/%f"));
        cluster.start();
        cluster.execute("CREATE TABLE t (id int)");
        Thread carrier = Thread.ofVirtual().start(() -> carry(archive));
        long rows = 0;
        for (int base = 0; base < BASES; base++) {
            backUp();
            for (int day = 0; day < BETWEEN.toDays(); day++) {
                cluster.execute("INSERT INTO t SELECT generate_series(1, 100)");
                rows += 100;
                moments.add(
                        new Moment(world.now, cluster.value("pg_current_wal_insert_lsn()"), rows));
                String segment = cluster.value("pg_walfile_name(pg_current_wal_lsn())");
                cluster.execute("SELECT pg_switch_wal()");
                await(segment);
                if (base < BASES - 1 || day == 0) {
                    world.pass(Duration.ofDays(1));
                }
            }
        }
        stop.cancel();
        carrier.join();
    }

    private void await(String segment) throws Exception {
        while (world.dr.head("wal/" + segment).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Carries what the server archives into both regions, under the simulated time. */
    private void carry(Path archive) {
        while (!stop.isCancelled()) {
            try (var files = Files.list(archive)) {
                for (Path file : files.filter(f -> !f.toString().endsWith(".tmp")).toList()) {
                    world.buckets.put("wal/" + file.getFileName(), Files.readAllBytes(file));
                    Files.delete(file);
                }
            } catch (IOException again) {
                Thread.onSpinWait();
            }
        }
    }

    private void backUp() throws Exception {
        var host = new LocalHost();
        var run =
                new BackupRun(
                        Clock.systemUTC(),
                        folder.resolve("home"),
                        RunLog.open(List.of(folder.resolve("logs")), "backup", Clock.systemUTC()),
                        new Progress(),
                        CancelToken.never(),
                        "test");
        new BaseBackup(
                        new BackupSource(host, PgPrograms.find(host, Map.of()), cluster.spec()),
                        new BackupTarget(
                                world.buckets.regions(),
                                world.buckets.regions(),
                                TestBuckets.RING,
                                "",
                                false),
                        run,
                        new BaseOptions(1 << 20, 2, Duration.ofSeconds(60)))
                .take();
        new RegionCopy(world.primary, world.dr, 2)
                .copyMissing("backups/", _ -> false, CancelToken.never(), Progress.unwatched());
    }

    private void restoreSome() throws Exception {
        Instant promised = world.now.minus(Duration.ofDays(7));
        List<Moment> some =
                new ArrayList<>(moments.stream().filter(m -> m.at().isAfter(promised)).toList());
        Moment first = some.removeFirst();
        long seed = new Random().nextLong();
        Collections.shuffle(some, new Random(seed));
        some.addFirst(first);
        for (Moment moment : some.subList(0, RESTORES)) {
            assertThat(rowsAt(moment)).as("%s, drawn by %d", moment, seed).isEqualTo(moment.rows());
        }
    }

    private long rowsAt(Moment moment) throws Exception {
        Host host = new LocalHost();
        var archive =
                new RegionWalArchive(
                        world.buckets.regions(), TestBuckets.RING, "", WalTrust.AS_THE_ARCHIVE);
        PhysicalPlan plan =
                new PhysicalPlanner(
                                world.buckets.regions(),
                                world.catalog,
                                archive,
                                IndexedWal.Places.none(),
                                host,
                                folder,
                                "test",
                                Clock.systemUTC(),
                                CancelToken.never())
                        .plan(
                                new RestoreRequest(
                                        RestoreRequest.LATEST,
                                        new RecoveryTarget(
                                                TargetKind.LSN,
                                                moment.lsn(),
                                                false,
                                                Optional.empty()),
                                        TargetAction.PAUSE,
                                        "auto",
                                        Optional.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty()));
        var tools =
                new RestoreTools(
                        world.buckets.regions(),
                        TestBuckets.KEYS,
                        archive,
                        TestBuckets.RING,
                        host,
                        ServerUser.choose(host, System.getenv()),
                        PgPrograms.find(host, System.getenv()),
                        Clock.systemUTC(),
                        256L << 20,
                        List.of(),
                        Optional.empty());
        RestoreOutcome outcome =
                RestoreJob.create(RestoreFolder.of(folder, plan.id()), plan, tools, _ -> {})
                        .run(CancelToken.never());
        try (Database session =
                Database.connect(
                        ConnectionSpec.parse(
                                        outcome.connection().orElseThrow(),
                                        Map.of(),
                                        host.currentUser())
                                .withDatabase("postgres"),
                        CancelToken.never())) {
            return session.one(row -> row.number("n"), "select count(*) as n from t");
        } finally {
            var server = ServerProcess.attach(host, plan.dataDirectory());
            if (server.isPresent()) {
                server.get().stop(StopMode.IMMEDIATE, Duration.ofMinutes(1), CancelToken.never());
            }
        }
    }
}
