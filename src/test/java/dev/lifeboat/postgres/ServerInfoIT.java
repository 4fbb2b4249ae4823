package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class ServerInfoIT {
    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = TestCluster.create();
        cluster.set(Map.of("archive_mode", "on", "archive_command", "false"));
        cluster.start();
        cluster.execute(
                "create role app login password 'secret'",
                "create collation sorted (provider = icu, locale = 'de')",
                "create table counted(id int primary key, name text collate sorted)",
                "insert into counted select n, 'x' from generate_series(1, 1000) n",
                "analyze counted",
                "create table untouched(id int)");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void tellsASuperuserEverything() throws Exception {
        try (var session = cluster.connect()) {
            var info = ServerInfo.read(session);

            assertThat(info.version().major()).isEqualTo(cluster.programs.version().major());
            assertThat(info.paths().orElseThrow().dataDirectory()).isEqualTo(cluster.dataDirectory);
            assertThat(info.role().superuser()).isTrue();
            assertThat(info.inRecovery()).isFalse();
            assertThat(info.tablespaces()).isEmpty();
            assertThat(info.providerVersions()).containsKey("i");
        }
    }

    @Test
    void tellsAnOrdinaryRoleWhatItMayKnow() throws Exception {
        var spec =
                ConnectionSpec.of(
                        "127.0.0.1",
                        cluster.port,
                        "postgres",
                        "app",
                        Optional.of(Secret.of("secret")),
                        Map.of());
        try (var session = Database.connect(spec, CancelToken.never())) {
            var info = ServerInfo.read(session);

            assertThat(info.paths()).isEmpty();
            assertThat(info.role().superuser()).isFalse();
            assertThat(info.role().replication()).isFalse();
            assertThat(info.systemIdentifier()).matches("\\d+");
            assertThat(DatabaseInfo.read(session).tables()).hasSize(2);
            assertThat(ArchiverInfo.read(session).isOn()).isTrue();
        }
    }

    @Test
    void estimatesRowsAndSizesWithoutCounting() throws Exception {
        try (var session = cluster.connect()) {
            var info = DatabaseInfo.read(session);

            var counted = info.tables().getFirst();
            assertThat(counted.name()).isEqualTo("counted");
            assertThat(counted.rowEstimate()).contains(1000L);
            assertThat(counted.estimatedBytes()).isPositive();
            assertThat(info.tables().get(1).rowEstimate()).isEmpty();
            assertThat(info.hasUserTables()).isTrue();
            assertThat(info.extensions()).containsKey("plpgsql");
            assertThat(info.encoding()).isEqualTo("UTF8");
            assertThat(info.locale().provider()).isEqualTo("c");
            assertThat(info.collations())
                    .singleElement()
                    .satisfies(
                            collation -> {
                                assertThat(collation.provider()).isEqualTo("i");
                                assertThat(collation.differs()).isFalse();
                            });
            assertThat(info.sizeBytes().orElseThrow()).isGreaterThan(1_000_000);
        }
    }

    @Test
    void seesThatArchivingFails() throws Exception {
        try (var session = cluster.connect()) {
            session.execute("select pg_switch_wal()");
            while (ArchiverInfo.read(session).failedCount() == 0) {
                CancelToken.never().sleep(java.time.Duration.ofMillis(100));
            }

            var archiver = ArchiverInfo.read(session);

            assertThat(archiver.isOn()).isTrue();
            assertThat(archiver.isFailing()).isTrue();
            assertThat(archiver.command()).contains("false");
            assertThat(archiver.lastFailed()).isPresent();
        }
    }
}
