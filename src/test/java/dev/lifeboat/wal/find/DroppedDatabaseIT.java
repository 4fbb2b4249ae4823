package dev.lifeboat.wal.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.find.FindListener;
import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.catalog.find.FinderArchive;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.InitDb;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.ServerStart;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.wal.WalSegment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server that recovers up to the proposed target has the dropped database, and opens it. */
class DroppedDatabaseIT {
    private static final int SEGMENT_BYTES = 16 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path cache;

    @Test
    void opensAfterARestoreToTheProposedTargetAndNotAfterOneToTheCommit() throws Exception {
        try (TestCluster server = TestCluster.started(Map.of("wal_keep_size", "1GB"))) {
            server.execute("CREATE DATABASE doomed", "COMMENT ON DATABASE doomed IS 'depended on'");
            try (Database doomed = Database.connect(server.spec("doomed"), server.cancel)) {
                doomed.execute("CREATE TABLE t AS SELECT generate_series(1, 5) AS id");
            }
            CatalogNames names = NamesReader.read(server.spec(), server.cancel);
            server.stop(StopMode.FAST);
            copy(server.dataDirectory, server.root.resolve("one"));
            copy(server.dataDirectory, server.root.resolve("two"));
            server.start();
            server.execute("DROP DATABASE doomed", "SELECT pg_switch_wal()", "CHECKPOINT");

            FoundTransaction drop = found(server, names);

            assertThat(drop.database()).isEqualTo("doomed");
            assertThat(rows(server, server.root.resolve("one"), drop.stopBefore())).isEqualTo(5);
            assertThatThrownBy(() -> rows(server, server.root.resolve("two"), drop.lsn()))
                    .isInstanceOf(RecoveryException.class);
        }
    }

    private static void copy(Path data, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", data.toString(), to.toString()).start().waitFor())
                .isZero();
    }

    private FoundTransaction found(TestCluster server, CatalogNames names) throws Exception {
        var archive = new FinderArchive(names, SEGMENT_BYTES, names.at(), Instant.EPOCH, cache);
        for (Path file : segments(server)) {
            WalSegment segment =
                    WalSegment.parse(file.getFileName().toString(), SEGMENT_BYTES).orElseThrow();
            archive.put(segment, Files.readAllBytes(file));
        }
        archive.makeIndex();
        var request =
                new FindRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(HarmKind.DROPDATABASE),
                        FindRequest.MANY_ROWS);
        return archive.finder(true)
                .find(request, FindListener.none(), new Progress(), server.cancel)
                .transactions()
                .getFirst();
    }

    private static List<Path> segments(TestCluster server) throws Exception {
        try (var files = Files.list(server.dataDirectory.resolve("pg_wal"))) {
            return files.filter(f -> f.getFileName().toString().matches("[0-9A-F]{24}"))
                    .sorted()
                    .toList();
        }
    }

    /** How many rows the database holds on a server that recovered up to there. */
    private static long rows(TestCluster server, Path data, Lsn target) throws Exception {
        Path signal = Files.createFile(data.resolve("recovery.signal"));
        server.host.files().chown(signal, server.user);
        int port = server.host.ports().findFree();
        // Without hot standby nobody is let in before the target is reached.
        var settings =
                Map.ofEntries(
                        Map.entry("port", Integer.toString(port)),
                        Map.entry("listen_addresses", ""),
                        Map.entry("unix_socket_directories", server.root.toString()),
                        Map.entry("shared_buffers", "16MB"),
                        Map.entry("fsync", "off"),
                        Map.entry("hot_standby", "off"),
                        Map.entry("dynamic_shared_memory_type", "mmap"),
                        Map.entry(
                                "restore_command", "cp " + server.dataDirectory + "/pg_wal/%f %p"),
                        Map.entry("recovery_target_lsn", target.toString()),
                        Map.entry("recovery_target_inclusive", "off"),
                        Map.entry("recovery_target_action", "promote"));
        Path log = server.root.resolve(data.getFileName() + ".log");
        ServerProcess restored =
                ServerProcess.start(
                        server.host,
                        ServerStart.of(server.programs, server.user, data, log).with(settings));
        try {
            restored.awaitReady(PATIENCE, server.cancel);
            ConnectionSpec spec =
                    ConnectionSpec.local(server.root, port, "doomed", InitDb.SUPERUSER);
            try (Database session = Database.connect(spec, server.cancel)) {
                return session.one(row -> row.number("n"), "SELECT count(*) AS n FROM t");
            }
        } finally {
            restored.stop(StopMode.IMMEDIATE, PATIENCE, server.cancel);
        }
    }
}
