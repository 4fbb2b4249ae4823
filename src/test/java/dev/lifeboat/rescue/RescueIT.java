package dev.lifeboat.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.InitDb;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.ServerStart;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TableShape;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.restore.proof.Expected;
import dev.lifeboat.restore.proof.Finding;
import dev.lifeboat.restore.proof.Proof;
import dev.lifeboat.restore.proof.RestoredChecks;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Rows and tables come back from a copy of a real server into the one that went on. The copy still
 * recovers, as one that is paused at its target: nothing can be written there.
 */
class RescueIT {
    private static final String[] DEFINITIONS = {
        "CREATE SCHEMA app",
        "CREATE ROLE reader",
        """
        CREATE TABLE app.items (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, price numeric(10,3),
          doubled numeric GENERATED ALWAYS AS (price * 2) STORED, at timestamptz, extra jsonb,
          raw bytea)""",
        """
        INSERT INTO app.items (name, price, at, extra, raw)
        SELECT CASE WHEN g % 7 = 0 THEN NULL ELSE 'it''s \\ ' || g END, g / 8.0,
               '2026-01-01 00:00:00.123456+02'::timestamptz + g * interval '1 minute',
               jsonb_build_object('g', g), decode(lpad(to_hex(g), 8, '0'), 'hex')
          FROM generate_series(1, 2000) g""",
        "CREATE TABLE app.parents (code text PRIMARY KEY)",
        "CREATE TABLE app.children (id int PRIMARY KEY, code text REFERENCES app.parents)",
        "INSERT INTO app.parents SELECT 'Ä' || g FROM generate_series(1, 50) g",
        "INSERT INTO app.children SELECT g, 'Ä' || g FROM generate_series(1, 50) g",
        "CREATE TABLE app.logs (id serial PRIMARY KEY, item bigint REFERENCES app.items, line text)",
        "CREATE INDEX logs_by_line ON app.logs (line)",
        "GRANT SELECT ON app.logs TO reader",
        "INSERT INTO app.logs (item, line) SELECT 1, 'l' || g FROM generate_series(1, 300) g",
        "CREATE TABLE app.other (id int PRIMARY KEY, v text)",
        "INSERT INTO app.other SELECT g, 'v' FROM generate_series(1, 100) g",
        "CREATE TABLE app.dropped (id int PRIMARY KEY)",
        "CREATE TABLE app.told (id int PRIMARY KEY)",
        "INSERT INTO app.told SELECT generate_series(1, 50)",
        "CREATE TABLE app.lost (id int PRIMARY KEY)",
        "CREATE TABLE app.parted (id int PRIMARY KEY)",
        "INSERT INTO app.parted SELECT generate_series(1, 20)",
        "CREATE TABLE app.keyless (v text)",
        "CREATE TABLE app.reshaped (id int PRIMARY KEY, v text)"
    };

    private static TestCluster live;
    private static Copy copyServer;
    private static ConnectionSpec copy;
    @TempDir private Path folder;

    @BeforeAll
    static void makeACopyAndLetTheOriginalGoOn() throws Exception {
        live = TestCluster.started();
        live.execute(DEFINITIONS);
        live.stop(StopMode.FAST);
        Path data = live.root.resolve("copy");
        run("cp", "-a", live.dataDirectory.toString(), data.toString());
        Files.createFile(data.resolve("standby.signal"));
        live.start();
        beginADropThatReachesTheCopy(data);
        copyServer = Copy.start(data, "copy.log");
        copy = copyServer.spec();
        try (Database session = Database.connect(copy, live.cancel)) {
            assertThat(
                            session.first(
                                    row -> row.bool("reads"),
                                    "SELECT pg_is_in_recovery() AS reads"))
                    .contains(true);
        }
    }

    /** The copy replays a transaction of which it never sees the end. */
    private static void beginADropThatReachesTheCopy(Path data) throws Exception {
        var never = new RecoveryException(ProblemCode.CANCELLED, "No.", "A test.", "None.");
        try (Database session = live.connect()) {
            assertThatThrownBy(
                            () ->
                                    session.transaction(
                                            same -> {
                                                same.execute("DROP TABLE app.dropped");
                                                takeTheWal(data);
                                                throw never;
                                            }))
                    .isSameAs(never);
        }
    }

    private static void takeTheWal(Path data) {
        try {
            live.execute("SELECT pg_switch_wal()");
            run("cp", "-a", live.dataDirectory.resolve("pg_wal").toString(), data.toString());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The server of a copy. */
    private record Copy(ServerProcess server, ConnectionSpec spec) implements AutoCloseable {
        static Copy start(Path data, String log) throws RecoveryException {
            int port = live.host.ports().findFree();
            var settings =
                    Map.of(
                            "port", Integer.toString(port),
                            "listen_addresses", "127.0.0.1",
                            "unix_socket_directories", live.root.toString(),
                            "shared_buffers", "16MB",
                            "fsync", "off",
                            "dynamic_shared_memory_type", "mmap");
            var server =
                    ServerProcess.start(
                            live.host,
                            ServerStart.of(live.programs, live.user, data, live.root.resolve(log))
                                    .with(settings));
            server.awaitReady(Duration.ofSeconds(60), live.cancel);
            return new Copy(
                    server, ConnectionSpec.local(live.root, port, "postgres", InitDb.SUPERUSER));
        }

        @Override
        public void close() throws RecoveryException {
            server.stop(StopMode.IMMEDIATE, Duration.ofSeconds(60), live.cancel);
        }
    }

    private static void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    @AfterAll
    static void stopBoth() throws Exception {
        try {
            copyServer.close();
        } finally {
            live.close();
        }
    }

    private List<TableReport> rescue(Rescuer.Deed deed, String... tables) throws Exception {
        return new Rescuer(
                        copy,
                        live.spec(),
                        live.host,
                        TestCluster.installed(),
                        folder,
                        Clock.systemUTC(),
                        live.cancel)
                .rescue(List.of(tables), deed, new Progress());
    }

    private static void undo(TableReport report) throws Exception {
        run("sh", "-c", report.applied().orElseThrow().undoCommand());
    }

    /** A script where it does not belong: how psql ends, and what it says. */
    private static String refused(Path script, ConnectionSpec at) throws Exception {
        Process psql =
                new ProcessBuilder("psql", "-X", at.uri(), "-f", script.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(said).isEqualTo(3);
        return said;
    }

    private static String contents(String table) throws Exception {
        return live.value(
                "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM " + table + " t");
    }

    @Test
    void bringsBackDeletedRowsAndChangedOnesOnlyWhenAskedWhileTrafficGoesOn() throws Exception {
        String before = contents("app.items");
        live.execute(
                "DELETE FROM app.items WHERE id BETWEEN 500 AND 1200",
                "UPDATE app.items SET name = 'wrong', extra = NULL WHERE id <= 30",
                "INSERT INTO app.items (name) VALUES ('came later')");
        String other = contents("app.other");
        String damaged = contents("app.items");

        TableReport compared = rescue(Rescuer.Deed.COMPARE, "items").getFirst();
        assertThat(compared.missing()).isEqualTo(701);
        assertThat(compared.changed()).isEqualTo(30);
        assertThat(compared.added()).isEqualTo(1);
        assertThat(compared.samples().added()).containsExactly("2001");
        assertThat(compared.applied()).isEmpty();
        assertThat(contents("app.items")).isEqualTo(damaged);

        TableReport back;
        try (var traffic = new Traffic()) {
            back = rescue(Rescuer.Deed.BRING_BACK, "app.items").getFirst();
        }
        assertThat(back.applied().orElseThrow().inserted()).isEqualTo(701);
        assertThat(back.applied().orElseThrow().updated()).isZero();
        assertThat(live.value("SELECT count(*) FROM app.items WHERE name = 'wrong'"))
                .isEqualTo("30");
        assertThat(contents("(SELECT * FROM app.other WHERE id <= 100)")).isEqualTo(other);

        undo(back);
        assertThat(contents("app.items")).isEqualTo(damaged);

        TableReport all = rescue(Rescuer.Deed.BRING_BACK_AND_CHANGE, "items").getFirst();
        assertThat(all.applied().orElseThrow().updated()).isEqualTo(30);
        live.execute("DELETE FROM app.items WHERE name = 'came later'");
        assertThat(contents("app.items")).isEqualTo(before);
    }

    @Test
    void bringsBackADroppedTableWithDefinitionGrantsAndSequence() throws Exception {
        String rows = contents("app.logs");
        live.execute("DROP TABLE app.logs");

        TableReport compared = rescue(Rescuer.Deed.COMPARE, "logs").getFirst();
        assertThat(compared.state()).isEqualTo(TableReport.State.DROPPED);
        assertThat(compared.missing()).isEqualTo(300);
        assertThat(live.value("to_regclass('app.logs')")).isNull();

        TableReport back = rescue(Rescuer.Deed.BRING_BACK, "logs").getFirst();
        assertThat(back.applied().orElseThrow().tableCreated()).isTrue();
        assertThat(contents("app.logs")).isEqualTo(rows);
        assertThat(live.value("to_regclass('app.logs_by_line')")).isEqualTo("app.logs_by_line");
        assertThat(live.value("has_table_privilege('reader', 'app.logs', 'SELECT')"))
                .isEqualTo("true");
        assertThat(
                        live.value(
                                "SELECT count(*) FROM pg_constraint WHERE conrelid = 'app.logs'::regclass"))
                .isEqualTo("2");
        live.execute("INSERT INTO app.logs (item, line) VALUES (1, 'next')");
        assertThat(live.value("SELECT max(id) FROM app.logs")).isEqualTo("301");

        undo(back);
        assertThat(live.value("to_regclass('app.logs')")).isNull();
    }

    /** A table of the same name is there too, in another database and in another cluster. */
    @Test
    void theScriptsDoNothingAnywhereElse() throws Exception {
        live.execute("CREATE DATABASE elsewhere");
        live.execute("DROP TABLE app.lost");
        TableReport.Applied done =
                rescue(Rescuer.Deed.BRING_BACK, "lost").getFirst().applied().orElseThrow();
        ConnectionSpec database = live.spec("elsewhere");
        try (TestCluster other = TestCluster.started()) {
            for (ConnectionSpec at : List.of(database, other.spec())) {
                try (Database session = Database.connect(at, live.cancel)) {
                    session.script("CREATE SCHEMA app; CREATE TABLE app.lost (id int)");
                    assertThat(refused(done.undo(), at)).contains("Nothing was done");
                    session.script("ALTER TABLE app.lost RENAME TO kept");
                    assertThat(refused(done.script(), at)).contains("Nothing was done");
                    String left =
                            session.one(
                                    row -> row.text("v"),
                                    "SELECT string_agg(relname, ',') AS v FROM pg_class"
                                            + " WHERE relnamespace = 'app'::regnamespace");
                    assertThat(left).isEqualTo("kept");
                }
            }
        }
        assertThat(refused(done.undo(), copy)).contains("recovery is in progress");
        assertThat(live.value("to_regclass('app.lost')")).isNotNull();

        run("sh", "-c", done.undoCommand());
        assertThat(live.value("to_regclass('app.lost')")).isNull();
        run("psql", "-X", done.database(), "-f", done.script().toString());
        assertThat(live.value("to_regclass('app.lost')")).isNotNull();
    }

    /** A promoted copy has the cluster's identifier and the same rows. */
    @Test
    void theScriptsDoNothingInACopyThatTakesWrites() throws Exception {
        live.execute("DELETE FROM app.parted WHERE id <= 10");
        TableReport.Applied done =
                rescue(Rescuer.Deed.BRING_BACK, "parted").getFirst().applied().orElseThrow();

        try (var promoted = promotedCopy()) {
            assertThat(refused(done.undo(), promoted.spec())).contains("Nothing was done");
            try (Database session = Database.connect(promoted.spec(), live.cancel)) {
                long left =
                        session.one(row -> row.number("n"), "SELECT count(*) AS n FROM app.parted");
                assertThat(left).isEqualTo(20);
            }
        }
    }

    private static Copy promotedCopy() throws Exception {
        live.execute("CHECKPOINT");
        Path data = live.root.resolve("promoted");
        run(
                "sh",
                "-c",
                "pg_basebackup -X fetch -c fast -D " + data + " -d '" + live.spec().uri() + "'");
        run("chown", "-R", live.user.name(), data.toString());
        Files.createFile(data.resolve("standby.signal"));
        Copy started = Copy.start(data, "promoted.log");
        try (Database session = Database.connect(started.spec(), live.cancel)) {
            session.execute("SELECT pg_promote()");
        }
        return started;
    }

    @Test
    void eachRescueIsInTheJournalBesideItsScriptsAndAComparisonIsNot() throws Exception {
        live.execute("DELETE FROM app.told WHERE id > 40");

        rescue(Rescuer.Deed.COMPARE, "told");
        assertThat(journals()).isEmpty();

        rescue(Rescuer.Deed.BRING_BACK, "told");
        assertThatThrownBy(() -> rescue(Rescuer.Deed.BRING_BACK, "keyless"))
                .isInstanceOf(RecoveryException.class);
        String told = String.join("\n", journals());
        assertThat(told)
                .contains("rescue-began", "\"into\":\"" + live.spec().confirmText() + "\"")
                .contains("\"table\":\"app.told\"", "\"inserted\":10", "rescue-ended")
                .contains("rescue-failed", "TABLE_WITHOUT_KEY");
    }

    private List<String> journals() throws Exception {
        Path place = folder.resolve("rescue");
        try (var files = Files.list(place)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        }
    }

    @Test
    void leavesAloneWhatCameOrChangedSinceTheComparison() throws Exception {
        live.execute("UPDATE app.other SET v = 'newer' WHERE id IN (1, 2)");
        String now = contents("app.other");
        try (Database old = Database.connect(copy, live.cancel);
                Database session = live.connect();
                var differences = new Differences(folder.resolve("differences"));
                var scripts = new Scripts(folder, "other", WrittenTo.read(session))) {
            differences.add(new Difference(Difference.Kind.MISSING, List.of("1"), ""));
            differences.add(new Difference(Difference.Kind.CHANGED, List.of("2"), "stale"));
            TableShape table = TableShape.read(session, "app", "other").orElseThrow();
            var work = new TableApply(table, old, session, scripts, new Progress());
            session.transaction(
                    one -> {
                        work.differences(differences, true);
                        return null;
                    });

            assertThat(work.conflicts()).isEqualTo(1);
            assertThat(work.changedMeanwhile()).isEqualTo(1);
            assertThat(work.inserted() + work.updated()).isZero();
        }
        assertThat(contents("app.other")).isEqualTo(now);
    }

    @Test
    void bringsParentsBackBeforeTheirChildren() throws Exception {
        live.execute("DELETE FROM app.children", "DELETE FROM app.parents WHERE code <> 'Ä7'");

        List<TableReport> reports = rescue(Rescuer.Deed.BRING_BACK, "children", "parents");

        assertThat(reports)
                .extracting(TableReport::table)
                .containsExactly("app.parents", "app.children");
        assertThat(live.value("SELECT count(*) FROM app.children")).isEqualTo("50");
    }

    @Test
    void leavesNothingWhenAForeignKeyStandsInTheWay() throws Exception {
        live.execute("DELETE FROM app.children", "DELETE FROM app.parents WHERE code = 'Ä9'");

        assertThatThrownBy(() -> rescue(Rescuer.Deed.BRING_BACK, "children"))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("children");
        assertThat(live.value("SELECT count(*) FROM app.children")).isEqualTo("0");
        try (var files = Files.list(folder.resolve("rescue"))) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".jsonl"));
        }
        rescue(Rescuer.Deed.BRING_BACK, "children", "parents");
    }

    @Test
    void refusesWhatItCannotCompare() throws Exception {
        live.execute("ALTER TABLE app.reshaped ADD IF NOT EXISTS more int");

        refuses(ProblemCode.TABLE_WITHOUT_KEY, "keyless");
        refuses(ProblemCode.TABLES_DIFFER, "reshaped");
        refuses(ProblemCode.TABLE_UNKNOWN, "nothing");
        refuses(ProblemCode.TABLE_UNKNOWN, "app.nothing");
        assertThatThrownBy(
                        () ->
                                new Rescuer(
                                                live.spec(),
                                                live.spec(),
                                                live.host,
                                                TestCluster.installed(),
                                                folder,
                                                Clock.systemUTC(),
                                                live.cancel)
                                        .rescue(
                                                List.of("items"),
                                                Rescuer.Deed.COMPARE,
                                                new Progress()))
                .extracting(problem -> ((RecoveryException) problem).code())
                .isEqualTo(ProblemCode.USAGE);
    }

    @Test
    void namesTheSessionThatHoldsTheLiveTableAndHowToEndIt() throws Exception {
        try (Database holder = live.connect()) {
            long pid = holder.one(row -> row.number("pid"), "SELECT pg_backend_pid() AS pid");
            holder.execute("BEGIN");
            holder.execute("LOCK TABLE app.items");

            assertThatThrownBy(() -> rescue(Rescuer.Deed.COMPARE, "items"))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            refused -> {
                                assertThat(refused.code()).isEqualTo(ProblemCode.TABLE_LOCKED);
                                assertThat(refused.problem().why())
                                        .contains(
                                                pid + " (",
                                                "idle in transaction",
                                                "LOCK TABLE app.items");
                                assertThat(refused.problem().remedy())
                                        .contains(
                                                "pg_terminate_backend(" + pid + ")",
                                                "Compare in the window, or lifeboat rescue "
                                                        + folder.getFileName()
                                                        + " --table app.items");
                            });
            holder.execute("ROLLBACK");
        }
    }

    @Test
    void doesNotWaitForATableThatIsLockedInThePausedCopy() {
        assertThatThrownBy(() -> rescue(Rescuer.Deed.COMPARE, "dropped"))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.TABLE_LOCKED);
                            assertThat(refused.problem().remedy())
                                    .contains(
                                            "Promote in the window",
                                            "lifeboat restores promote " + folder.getFileName());
                        });
    }

    @Test
    void aCopyWithALockedTableIsCheckedWithoutWaiting() throws Exception {
        Proof proof =
                new RestoredChecks(
                                new Expected("postgres", List.of(), false, List.of()), live.cancel)
                        .run(() -> Database.connect(copy, live.cancel));

        assertThat(proof.findings())
                .filteredOn(finding -> finding.state() != Finding.State.OK)
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.id()).isEqualTo("rows:app.dropped");
                            assertThat(finding.measured()).contains("locks it");
                        });
        assertThat(proof.findings()).extracting(Finding::id).contains("rows:app.items");
    }

    private void refuses(ProblemCode code, String table) {
        assertThatThrownBy(() -> rescue(Rescuer.Deed.BRING_BACK, table))
                .isInstanceOf(RecoveryException.class)
                .extracting(problem -> ((RecoveryException) problem).code())
                .isEqualTo(code);
    }

    /** Writes into another table of the live database until it is closed. */
    private static final class Traffic implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final Thread thread = Thread.ofPlatform().unstarted(this::write);

        Traffic() throws InterruptedException {
            thread.start();
            begun.await();
        }

        private void write() {
            try (Database session = live.connect()) {
                for (int id = 1000; !stop.get(); id++) {
                    session.execute("INSERT INTO app.other VALUES (?, 'traffic')", id);
                    begun.countDown();
                }
            } catch (RecoveryException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            thread.join();
        }
    }
}
