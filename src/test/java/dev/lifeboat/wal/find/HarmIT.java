package dev.lifeboat.wal.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.wal.WalEnd;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a real server's log tells of what was done to it. */
class HarmIT {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static TestCluster server;

    private CatalogNames before;

    @BeforeAll
    static void startAServer() throws Exception {
        server = TestCluster.create("--wal-segsize=1");
        server.set(Map.of("wal_keep_size", "1GB", "max_wal_size", "1GB", "autovacuum", "off"))
                .start();
        server.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.kept (id int PRIMARY KEY, v text)",
                "INSERT INTO app.kept SELECT g, repeat('v', 3000) FROM generate_series(1, 500) g",
                "CREATE DATABASE doomed");
    }

    @AfterAll
    static void stopIt() throws Exception {
        server.close();
    }

    @BeforeEach
    void askForNames() throws Exception {
        before = NamesReader.read(server.spec(), server.cancel);
    }

    @Test
    void namesADroppedTableWithItsIndexesAndSequence() throws Exception {
        run(
                "CREATE TABLE app.orders (id serial PRIMARY KEY, note text)",
                "INSERT INTO app.orders (note) SELECT 'n' FROM generate_series(1, 40)",
                "ANALYZE app.orders");
        askForNames();

        assertThat(harm("DROP TABLE app.orders"))
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.kind()).contains(HarmKind.DROP);
                            assertThat(found.relations()).containsExactly("app.orders");
                            assertThat(found.database()).isEqualTo("postgres");
                            assertThat(found.rows()).isEqualTo(OptionalLong.of(40));
                            assertThat(found.stopBefore()).isEqualTo(found.lsn());
                        });
    }

    @Test
    void namesATableThatWasMadeRenamedAndMovedAfterTheNamesWereTaken() throws Exception {
        assertThat(
                        harm(
                                "CREATE TABLE later (id int PRIMARY KEY)",
                                "CHECKPOINT",
                                "ALTER TABLE later RENAME TO renamed",
                                "ALTER TABLE renamed SET SCHEMA app",
                                "CHECKPOINT",
                                "VACUUM FULL app.renamed",
                                "DROP TABLE app.renamed"))
                .singleElement()
                .satisfies(found -> assertThat(found.relations()).containsExactly("app.renamed"));
    }

    @Test
    void namesWhatItCanFromTheLogAlone() throws Exception {
        run("CREATE TABLE unknown_before (id int PRIMARY KEY)");
        before = null;

        assertThat(harm("CHECKPOINT", "DROP TABLE unknown_before"))
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.kind()).contains(HarmKind.DROP);
                            assertThat(found.relations().getFirst()).endsWith(".unknown_before");
                        });
    }

    @Test
    void showsByItsNumbersWhatNothingNames() throws Exception {
        run("CREATE TABLE nameless (id int)", "CHECKPOINT");
        long file = number("pg_relation_filenode('nameless')");
        long database = number("select oid from pg_database where datname = 'postgres'");
        // Each page of pg_class has had its image behind this position.
        run("CREATE TEMP TABLE touches_the_pages (id int)", "SELECT pg_switch_wal()");
        before = null;

        List<FoundTransaction> found = harm("DROP TABLE nameless");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().relations())
                .allSatisfy(
                        name ->
                                assertThat(name)
                                        .matches("public.nameless|\\d+\\.nameless|\\d+/\\d+"));
        assertThat(found.getFirst().relations().getFirst())
                .matches(".*\\.nameless|" + database + "/" + file);
    }

    @Test
    void tellsTruncateFromEverythingThatWritesARelationAnew() throws Exception {
        run(
                "CREATE TABLE app.t (id int PRIMARY KEY, v text)",
                "INSERT INTO app.t SELECT g, repeat('v', 3000) FROM generate_series(1, 50) g",
                "CREATE MATERIALIZED VIEW app.m AS SELECT count(*) FROM app.t");
        askForNames();

        assertThat(
                        harm(
                                "VACUUM FULL app.t",
                                "CLUSTER app.t USING t_pkey",
                                "REINDEX TABLE app.t",
                                "REINDEX TABLE CONCURRENTLY app.t",
                                "REFRESH MATERIALIZED VIEW app.m",
                                "ALTER TABLE app.t ALTER id TYPE bigint",
                                "VACUUM FULL pg_class",
                                "CREATE TEMP TABLE gone (id int)",
                                "TRUNCATE gone",
                                "DROP TABLE gone",
                                "DROP INDEX IF EXISTS nothing",
                                "CREATE INDEX i ON app.t (v)",
                                "DROP INDEX app.i"))
                .filteredOn(found -> !found.kind().equals(Optional.of(HarmKind.DDL)))
                .isEmpty();
        assertThat(harm("TRUNCATE app.t"))
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.kind()).contains(HarmKind.TRUNCATE);
                            assertThat(found.relations()).containsExactly("app.t");
                        });
    }

    @Test
    void countsLargeDeletesAndUpdatesOfTheApplicationsTables() throws Exception {
        List<FoundTransaction> found =
                harm(
                        "DELETE FROM app.kept WHERE id <= 20",
                        "UPDATE app.kept SET v = repeat('w', 3000) WHERE id > 20 AND id <= 140",
                        "DELETE FROM app.kept WHERE id > 200");

        assertThat(found)
                .extracting(FoundTransaction::kind)
                .containsExactly(Optional.of(HarmKind.UPDATE), Optional.of(HarmKind.DELETE));
        assertThat(found.get(0).rows()).isEqualTo(OptionalLong.of(120));
        assertThat(found.get(1).rows()).isEqualTo(OptionalLong.of(300));
        assertThat(found.get(1).relations()).containsExactly("app.kept");
    }

    @Test
    void tellsWhatSubtransactionsDidAndNotWhatWasRolledBack() throws Exception {
        run("CREATE TABLE app.a (id int)", "CREATE TABLE app.b (id int)");
        askForNames();

        List<FoundTransaction> found =
                harm(
                        """
                        DO $$ BEGIN
                          BEGIN DROP TABLE app.a; END;
                          BEGIN DROP TABLE app.b; RAISE 'no'; EXCEPTION WHEN OTHERS THEN END;
                        END $$""");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().relations()).containsExactly("app.a");
    }

    @Test
    void stopsBeforeTheWholeActOfDroppingADatabase() throws Exception {
        List<FoundTransaction> found =
                harm("COMMENT ON DATABASE doomed IS 'has rows elsewhere'", "DROP DATABASE doomed");

        assertThat(found).hasSize(1);
        FoundTransaction drop = found.getFirst();
        assertThat(drop.kind()).contains(HarmKind.DROPDATABASE);
        assertThat(drop.database()).isEqualTo("doomed");
        assertThat(drop.stopBefore().isBefore(drop.lsn())).isTrue();
        assertThat(inPlaceOnDatabases).last().isEqualTo(drop.stopBefore());
    }

    @Test
    void gathersChangesOfDefinitionsIntoOneStretch() throws Exception {
        List<FoundTransaction> found =
                harm(
                        "ALTER TABLE app.kept ADD c1 int",
                        "ALTER TABLE app.kept ADD c2 int",
                        "ALTER TABLE app.kept ADD c3 int",
                        "ALTER TABLE app.kept ADD c4 int",
                        "ALTER TABLE app.kept ADD c5 int");

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().kind()).contains(HarmKind.DDL);
        assertThat(found.getFirst().relations()).containsExactly("app.kept");
    }

    private final List<Lsn> inPlaceOnDatabases = new ArrayList<>();

    private void run(String... statements) throws Exception {
        try (Database session = server.connect()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }

    private long number(String expression) throws Exception {
        return Long.parseLong(server.value(expression));
    }

    /** What the log tells of these statements. */
    private List<FoundTransaction> harm(String... statements) throws Exception {
        Lsn from = Lsn.parse(server.value("pg_current_wal_insert_lsn()"));
        run(statements);
        Lsn to = Lsn.parse(server.value("pg_current_wal_insert_lsn()"));
        run("SELECT pg_current_xact_id()");
        var found = new ArrayList<FoundTransaction>();
        var follower =
                new TransactionFollower(
                        Optional.ofNullable(before),
                        new NameBook(server.programs.version().major()),
                        100,
                        new TransactionFollower.Listener() {
                            @Override
                            public void harm(FoundTransaction each) {
                                if (!each.lsn().isBefore(from) && each.lsn().isBefore(to)) {
                                    found.add(each);
                                }
                            }
                        });
        read(
                before == null ? from : before.at(),
                new dev.lifeboat.wal.WalVisitor() {
                    @Override
                    public void record(dev.lifeboat.wal.WalRecord record) {
                        follower.record(record);
                    }

                    @Override
                    public void heap(dev.lifeboat.wal.HeapRecord change) {
                        if (change.kind() == dev.lifeboat.wal.HeapRecord.Kind.INPLACE
                                && change.relation().number() == 1262) {
                            inPlaceOnDatabases.add(new Lsn(change.record().start()));
                        }
                        follower.heap(change);
                    }

                    @Override
                    public void event(dev.lifeboat.wal.WalEvent event) {
                        follower.event(event);
                    }

                    @Override
                    public void transaction(dev.lifeboat.wal.TransactionRecord end) {
                        follower.transaction(end);
                    }
                });
        follower.finish();
        return found;
    }

    private static void read(Lsn from, dev.lifeboat.wal.WalVisitor visitor) throws Exception {
        var reader = new WalReader(visitor);
        for (Path file : segments()) {
            WalSegment segment =
                    WalSegment.parse(file.getFileName().toString(), SEGMENT_BYTES).orElseThrow();
            if (segment.end().isAfter(from)) {
                WalEnd end = reader.read(segment, Files.readAllBytes(file));
                if (!end.isComplete()) {
                    return;
                }
            }
        }
    }

    private static List<Path> segments() throws IOException {
        try (var files = Files.list(server.dataDirectory.resolve("pg_wal"))) {
            return files.filter(f -> f.getFileName().toString().matches("[0-9A-F]{24}"))
                    .sorted()
                    .toList();
        }
    }
}
