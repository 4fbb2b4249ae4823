package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DatabaseIT {
    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = TestCluster.started();
        cluster.execute(
                "create role app login password 'right:\\word'",
                "create table kept(id int primary key)",
                "create table private(id int)");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void readsEveryTypeItPromises() throws Exception {
        Instant noon = Instant.parse("2026-04-07T12:00:00.123456Z");
        try (Database session = cluster.connect()) {
            String seen =
                    session.one(
                            row -> {
                                assertThat(row.instant("t")).isEqualTo(noon);
                                assertThat(row.lsn("l")).isEqualTo(Lsn.parse("16/B374D848"));
                                assertThat(row.number("n")).isEqualTo(1L << 40);
                                assertThat(row.bool("b")).isTrue();
                                assertThat(row.decimal("d")).isEqualTo(1.5);
                                assertThat(row.bytes("y")).containsExactly(1, 2);
                                assertThat(row.optionalText("nothing")).isEmpty();
                                assertThat(row.optionalNumber("nothing")).isEmpty();
                                return row.text("s");
                            },
                            "select ? as s, ?::timestamptz as t, ?::pg_lsn as l, ? as n, ? as b,"
                                    + " ?::float8 as d, ?::bytea as y, null::int as nothing",
                            "it's",
                            noon,
                            "16/B374D848",
                            1L << 40,
                            true,
                            1.5,
                            new byte[] {1, 2});
            assertThat(seen).isEqualTo("it's");
        }
    }

    @Test
    void rollsBackWhenTheWorkFails() throws Exception {
        try (Database session = cluster.connect()) {
            assertThatThrownBy(
                            () ->
                                    session.transaction(
                                            inside -> {
                                                inside.execute("insert into kept values (1)");
                                                return inside.execute("select 1/0");
                                            }))
                    .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                    .returns(ProblemCode.DATABASE_ERROR, RecoveryException::code);

            assertThat(session.query(row -> row.number("id"), "select id from kept where id = 1"))
                    .isEmpty();
            assertThat(session.execute("insert into kept values (2), (3)")).isEqualTo(2);
        }
    }

    @Test
    void handsOnRowsWithoutHoldingThemAll() throws Exception {
        var seen = new ArrayList<Long>();
        try (Database session = cluster.connect()) {
            session.forEach(
                    row -> seen.add(row.number("n")),
                    "select n from generate_series(1, ?) n",
                    5000);
        }
        assertThat(seen).hasSize(5000).contains(1L, 5000L);
    }

    @Test
    void theStopEndsARunningStatement() throws Exception {
        var cancel = new CancelToken();
        try (Database session = Database.connect(cluster.spec(), cancel);
                Database other = cluster.connect()) {
            Thread stopper =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        awaitSleep(other);
                                        cancel.cancel();
                                    });

            assertThatThrownBy(() -> session.execute("select pg_sleep(60)"))
                    .isInstanceOf(CancelledException.class);
            stopper.join();
        }
    }

    private static void awaitSleep(Database session) {
        try {
            while (session.query(
                            row -> row, "select from pg_stat_activity where wait_event = 'PgSleep'")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
        } catch (RecoveryException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void endsAStatementThatTakesTooLong() throws Exception {
        try (Database session = cluster.connect().statementTimeout(Duration.ofMillis(50))) {
            refuses(ProblemCode.DATABASE_ERROR, () -> session.execute("select pg_sleep(60)"));
        }
    }

    @Test
    void connectsOverTcpWithAPassword() throws Exception {
        try (Database session = Database.connect(tcp("right:\\word"), CancelToken.never())) {
            assertThat(text(session, "select current_user as v")).isEqualTo("app");
            refuses(
                    ProblemCode.ROLE_WITHOUT_RIGHTS,
                    () -> session.query(row -> row, "select * from private"));
        }
    }

    @Test
    void tellsApartWhyThereIsNoConnection() {
        refuses(
                ProblemCode.CREDENTIALS_REFUSED,
                () -> Database.connect(tcp("wrong"), CancelToken.never()));
        refuses(
                ProblemCode.CREDENTIALS_MISSING,
                () ->
                        Database.connect(
                                ConnectionSpec.of(
                                        "127.0.0.1",
                                        cluster.port,
                                        "postgres",
                                        "app",
                                        Optional.empty(),
                                        Map.of()),
                                CancelToken.never()));
        refuses(
                ProblemCode.DATABASE_MISSING,
                () -> Database.connect(cluster.spec("missing"), CancelToken.never()));
        refuses(
                ProblemCode.CREDENTIALS_REFUSED,
                () ->
                        Database.connect(
                                ConnectionSpec.local(
                                        cluster.root, cluster.port, "postgres", "nobody"),
                                CancelToken.never()));
        refuses(
                ProblemCode.DATABASE_UNREACHABLE,
                () ->
                        Database.connect(
                                ConnectionSpec.local(cluster.root, 1, "postgres", "postgres"),
                                CancelToken.never()));
        refuses(
                ProblemCode.DATABASE_UNREACHABLE,
                () ->
                        Database.connect(
                                ConnectionSpec.of(
                                        "127.0.0.1", 1, "a", "b", Optional.empty(), Map.of()),
                                CancelToken.never()));
    }

    @Test
    void saysThatADatabaseIsInUse() throws Exception {
        cluster.execute("create database busy");
        try (Database inside = Database.connect(cluster.spec("busy"), CancelToken.never());
                Database session = cluster.connect()) {
            assertThat(inside.isAlive()).isTrue();

            refuses(ProblemCode.TARGET_IN_USE, () -> session.execute("drop database busy"));
        }
    }

    @Test
    void quotesNamesAndStringsSoThatTheyComeBackUnchanged() throws Exception {
        try (Database session = cluster.connect()) {
            for (String hard : List.of("it's", "a\\b", "\"quoted\"", "semi; colon", "é", "'\\'")) {
                String seen =
                        session.one(
                                row -> row.text(hard),
                                "select " + Sql.literal(hard) + " as " + Sql.identifier(hard));
                assertThat(seen).isEqualTo(hard);
            }
        }
    }

    @Test
    void carriesLargeValuesOverTheSocket() throws Exception {
        String large = "x".repeat(20_000_000);
        try (Database session = cluster.connect()) {
            assertThat(text(session, "select ? as v", large)).isEqualTo(large);
        }
    }

    private static String text(Database session, String sql, Object... parameters)
            throws RecoveryException {
        return session.one(row -> row.text("v"), sql, parameters);
    }

    private static ConnectionSpec tcp(String password) {
        return ConnectionSpec.of(
                "127.0.0.1",
                cluster.port,
                "postgres",
                "app",
                Optional.of(Secret.of(password)),
                Map.of());
    }

    private static void refuses(ProblemCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .asInstanceOf(InstanceOfAssertFactories.type(RecoveryException.class))
                .returns(code, RecoveryException::code);
    }
}
