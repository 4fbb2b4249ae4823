package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

class ClusterDatabasesTest {
    private static final String SERVER = "postgresql://admin@db2.example:6543/";

    @Test
    void theCommandThatEndsSessionsNamesTheServerAndNotThePassword() {
        try (ConnectionSpec shop = spec("shop")) {
            assertThat(ClusterDatabases.endThem(shop))
                    .contains("psql -d '" + SERVER + "postgres?sslmode=require' -c \"")
                    .contains("datname = 'shop'")
                    .doesNotContain("geheim");
            assertThat(ClusterDatabases.endThem(shop.withDatabase("postgres")))
                    .contains("psql -d '" + SERVER + "template1?");
        }
    }

    @Test
    void aShellLeavesTheNameAsItIs() {
        try (ConnectionSpec odd = spec("a$(id)`\"'b")) {
            assertThat(ClusterDatabases.endThem(odd)).contains("datname = 'a\\$(id)\\`\\\"''b'\"");
        }
    }

    @Test
    void aServerBehindASocketIsNamedByItsFolder() {
        var local = ConnectionSpec.local(Path.of("/run/pg two"), 5433, "shop", "postgres");

        assertThat(ClusterDatabases.endThem(local))
                .contains("'postgresql://postgres@/postgres?host=/run/pg%20two&port=5433' -c");
    }

    @Test
    void aStatementRefusedForSessionsInADatabaseNamesTheServerToo() {
        try (ConnectionSpec spec = spec("postgres")) {
            var refused =
                    SqlProblem.of(
                            spec,
                            new SQLException(
                                    "ERROR: database \"shop\" is being accessed by other users",
                                    "55006"),
                            CancelToken.never());

            assertThat(refused.problem().remedy())
                    .contains("psql -d '" + SERVER + "postgres?sslmode=require'")
                    .contains("datname = 'shop'");
        }
    }

    @Test
    void aMessageWithoutItsServerGivesNoCommandForTheDefaultOne() {
        assertThat(KnownMessage.IN_USE.remedy()).contains("psql -h HOST -p PORT -U USER -d ");
    }

    private static ConnectionSpec spec(String database) {
        return ConnectionSpec.of(
                "db2.example",
                6543,
                database,
                "admin",
                Optional.of(Secret.of("geheim")),
                Map.of("sslmode", "require"));
    }
}
