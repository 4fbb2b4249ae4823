package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whatever is typed at a copy changes nothing: neither a promoted one nor one that is paused. */
class TypedQueryIT {
    private static TestCluster promoted;
    private static ServerProcess pausedServer;
    private static ConnectionSpec paused;
    private static Path written;

    @BeforeAll
    static void startBoth() throws Exception {
        promoted = TestCluster.started();
        promoted.execute(
                "create role app login password 'word'",
                "create table kept(id int primary key, v jsonb)",
                "insert into kept values (1, '{\"a\": 1}'), (2, null), (3, null)",
                "grant all on kept to public",
                "create sequence numbers",
                "grant all on sequence numbers to public",
                "create extension dblink",
                "create table guarded(id int)",
                "insert into guarded values (1)",
                "alter table guarded enable row level security",
                "select lo_from_bytea(4242, 'large')",
                "create procedure breaks_out() language plpgsql as"
                        + " $$ begin commit; create table evil(i int); commit; end $$",
                "create procedure breaks_out_with(inout i int) language plpgsql as"
                        + " $$ begin commit; create table evil(i int); commit; end $$",
                "create function writes() returns int language plpgsql as $$ begin"
                        + " execute 'set transaction_read_only = off';"
                        + " insert into kept values (9); return 1; end $$");
        written = promoted.root.resolve("data/written-by-a-query");
        promoted.stop(StopMode.FAST);
        Path data = promoted.root.resolve("paused");
        assertThat(
                        new ProcessBuilder(
                                        "cp",
                                        "-a",
                                        promoted.dataDirectory.toString(),
                                        data.toString())
                                .inheritIO()
                                .start()
                                .waitFor())
                .isZero();
        Files.createFile(data.resolve("standby.signal"));
        promoted.start();
        int port = promoted.host.ports().findFree();
        pausedServer =
                ServerProcess.start(
                        promoted.host,
                        ServerStart.of(
                                        promoted.programs,
                                        promoted.user,
                                        data,
                                        promoted.root.resolve("paused.log"))
                                .with(
                                        Map.of(
                                                "port", Integer.toString(port),
                                                "listen_addresses", "",
                                                "unix_socket_directories", promoted.root.toString(),
                                                "shared_buffers", "16MB",
                                                "fsync", "off",
                                                "dynamic_shared_memory_type", "mmap")));
        pausedServer.awaitReady(Duration.ofSeconds(60), promoted.cancel);
        paused = ConnectionSpec.local(promoted.root, port, "postgres", InitDb.SUPERUSER);
        try (Database session = Database.connect(paused, CancelToken.never())) {
            session.execute("select pg_wal_replay_pause()");
        }
    }

    @AfterAll
    static void stopBoth() throws Exception {
        try {
            pausedServer.stop(StopMode.IMMEDIATE, Duration.ofSeconds(60), promoted.cancel);
        } finally {
            promoted.close();
        }
    }

    static Stream<String> attacks() {
        String loopback =
                "host="
                        + promoted.root
                        + " port="
                        + promoted.port
                        + " dbname=postgres user=postgres";
        return Stream.of(
                "commit; begin read write; create table evil(i int); commit; select 1",
                "rollback; create table evil(i int)",
                "select 1; commit; create table evil(i int)",
                "select 1 /* ; */; commit; create table evil(i int)",
                "select $a$;$a$; rollback; create table evil(i int)",
                "commit",
                "rollback",
                "set transaction_read_only = off",
                "set transaction read write; create table evil(i int)",
                "set session characteristics as transaction read write",
                "set default_transaction_read_only = off",
                "select set_config('transaction_read_only', 'off', false)",
                "select set_config('transaction_read_only', 'off', true), writes()",
                "select set_config('role', 'none', true),"
                        + " query_to_xml('select pg_promote()', true, false, '')",
                "select query_to_xml('select set_config(''role'', ''none'', true)',"
                        + " true, false, ''), query_to_xml('select pg_wal_replay_resume()',"
                        + " true, false, '')",
                "reset role; select pg_promote()",
                "set role postgres",
                "select pg_promote()",
                "select pg_wal_replay_resume()",
                "select query_to_xml('select pg_promote()', true, false, '')",
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and usename = 'postgres'",
                "insert into kept values (9)",
                "insert into kept values (9) returning id",
                "with x as (insert into kept values (9) returning id) select * from x",
                "with x as (delete from kept returning id) select * from x",
                "explain analyze insert into kept values (9)",
                "prepare x as insert into kept values (9); execute x",
                "select writes()",
                "call breaks_out()",
                "call breaks_out_with(1)",
                "do $$ begin create table evil(i int); end $$",
                "create table evil as select 1",
                "select 1 into evil",
                "select * from kept for update",
                "lock table kept",
                "truncate kept",
                "drop table kept",
                "alter system set work_mem = '1GB'",
                "checkpoint",
                "select nextval('numbers')",
                "select setval('numbers', 99)",
                "copy kept to '" + written + "'",
                "copy kept to program 'touch " + written + "'",
                "copy kept from program 'echo 9'",
                "select lo_export(4242, '" + written + "')",
                "select lo_import('/etc/hostname')",
                "select lo_unlink(4242)",
                "select dblink_exec('" + loopback + "', 'create table evil(i int)')",
                "",
                "-- nothing");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void nothingThatIsTypedIsDone(String typed) throws Exception {
        for (ConnectionSpec copy : List.of(promoted.spec(), paused)) {
            try (Database other = Database.connect(copy, CancelToken.never())) {
                assertThatThrownBy(() -> ask(copy, typed))
                        .isInstanceOfSatisfying(
                                RecoveryException.class,
                                refused ->
                                        assertThat(refused.problem().remedy())
                                                .contains("SELECT, WITH, VALUES, TABLE, SHOW"));
                assertThat(other.isAlive()).isTrue();
                unchanged(other);
            }
        }
        assertThat(written).doesNotExist();
        try (Database session = Database.connect(paused, CancelToken.never())) {
            assertThat(state(session, "pg_is_in_recovery()")).isEqualTo("true");
            assertThat(state(session, "pg_is_wal_replay_paused()")).isEqualTo("true");
        }
    }

    /** PostgreSQL 15 lets a read-only transaction make a large object: it goes with it. */
    @Test
    void whatAReadOnlyTransactionMayMakeIsTakenBack() throws Exception {
        ask(promoted.spec(), "select lo_create(4711)");

        try (Database session = promoted.connect()) {
            unchanged(session);
        }
    }

    private static void unchanged(Database session) throws RecoveryException {
        assertThat(state(session, "(select string_agg(id::text, ',' order by id) from kept)"))
                .isEqualTo("1,2,3");
        assertThat(state(session, "to_regclass('evil')")).isNull();
        assertThat(state(session, "(select is_called from numbers)")).isEqualTo("false");
        assertThat(
                        state(
                                session,
                                "(select string_agg(oid::text, ',') from pg_largeobject_metadata)"))
                .isEqualTo("4242");
    }

    private static String state(Database session, String expression) throws RecoveryException {
        return session.one(
                row -> row.optionalText("v").orElse(null),
                "select (" + expression + ")::text as v");
    }

    @Test
    void oneQuestionIsAnswered() throws Exception {
        for (ConnectionSpec copy : List.of(promoted.spec(), paused)) {
            assertThat(ask(copy, "select 1 as a, 'x;y' as a, null").rows())
                    .containsExactly(Arrays.asList("1", "x;y", null));
            assertThat(ask(copy, "select 1 as a, 2 as a").columns()).containsExactly("a", "a");
            assertThat(ask(copy, "-- how many; really\nselect count(*) from kept; -- so").rows())
                    .containsExactly(List.of("3"));
            assertThat(ask(copy, "/* a */ with x as (select 7) select * from x").rows())
                    .containsExactly(List.of("7"));
            assertThat(ask(copy, "select E'\\'; commit; select '").rows())
                    .containsExactly(List.of("'; commit; select "));
            assertThat(ask(copy, "table kept").rows()).hasSize(3);
            assertThat(ask(copy, "values (1), (2)").rows()).hasSize(2);
            assertThat(ask(copy, "show transaction_read_only").rows())
                    .containsExactly(List.of("on"));
            assertThat(ask(copy, "explain select * from kept").rows()).isNotEmpty();
            assertThat(ask(copy, "select id from kept where v ? 'a'").rows())
                    .containsExactly(List.of("1"));
            QueryAnswer many = ask(copy, "select generate_series(1, 100000)");
            assertThat(many.rows()).hasSize(5);
            assertThat(many.more()).isTrue();
        }
    }

    /** Rows that a policy hides from the reading role are not silently left out. */
    @Test
    void rowsBehindAPolicyAreNotCountedAsNone() {
        assertThatThrownBy(() -> ask(promoted.spec(), "select count(*) from guarded"))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.ROLE_WITHOUT_RIGHTS);
                            assertThat(refused.problem().why()).contains("guarded");
                            assertThat(refused.problem().remedy()).contains("psql");
                        });
    }

    @Test
    void whoIsNoSuperuserAsksAsHimself() throws Exception {
        var app =
                ConnectionSpec.of(
                        "127.0.0.1",
                        promoted.port,
                        "postgres",
                        "app",
                        Optional.of(Secret.of("word")),
                        Map.of());

        assertThat(ask(app, "select current_user, count(*) from kept").rows())
                .containsExactly(List.of("app", "3"));
    }

    private static QueryAnswer ask(ConnectionSpec copy, String typed) throws RecoveryException {
        try (Database session = Database.connect(copy, CancelToken.never())) {
            return session.answer(typed, 5);
        }
    }
}
