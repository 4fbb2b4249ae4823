package dev.lifeboat.restore.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.Manifest.TableEstimate;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.restore.proof.Finding.State;
import dev.lifeboat.settings.Expectation;
import dev.lifeboat.settings.OwnQuery;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The checks of a restored database, on a real one. */
class RestoredChecksIT {
    private static TestCluster cluster;

    @BeforeAll
    static void makeADatabase() throws Exception {
        cluster = TestCluster.create();
        cluster.start();
        cluster.execute(
                "CREATE TABLE scenarios (id int primary key, name text)",
                "CREATE TABLE scenario_logs (id int, created_at timestamptz)",
                "CREATE TABLE emptied (id int)",
                "INSERT INTO scenarios SELECT g, 'n' FROM generate_series(1, 100) g",
                "INSERT INTO scenario_logs VALUES (1, '2026-04-07 14:30:00+00')");
    }

    @AfterAll
    static void removeIt() throws Exception {
        cluster.close();
    }

    @Test
    void tellsRowsAndNewestRowsOfEveryTable() throws Exception {
        Proof proof = check(expected(true, List.of(estimate("scenarios", 100))));

        assertThat(proof.ok()).isTrue();
        assertThat(find(proof, "rows:public.scenarios").measured()).isEqualTo("100");
        assertThat(find(proof, "newest:public.scenario_logs").measured())
                .startsWith("created_at 2026-04-07");
        assertThat(find(proof, "connectivity").state()).isEqualTo(State.OK);
    }

    @Test
    void theStateBeforeIsTakenFromTheDatabaseItself() throws Exception {
        DatabaseState state;
        try (Database session = Database.connect(cluster.spec(), CancelToken.never())) {
            state = DatabaseState.read(session, Instant.EPOCH);
        }

        var logs = state.table("public.scenario_logs").orElseThrow();
        assertThat(state.table("public.scenarios").orElseThrow().rows()).hasValue(100);
        assertThat(logs.counted()).isTrue();
        assertThat(logs.newest().orElseThrow()).startsWith("2026-04-07");
        assertThat(state.sizeBytes()).isPresent();
        assertThat(state.moreTables()).isZero();
        assertThat(state.server()).matches("[0-9.]+");
    }

    @Test
    void failsWhenATableOfTheDumpIsMissingOrEmpty() throws Exception {
        var tables = List.of(estimate("gone", 5), estimate("emptied", 5));

        Proof proof = check(expected(true, tables));

        assertThat(proof.ok()).isFalse();
        assertThat(find(proof, "tables").measured()).contains("missing: public.gone");
        assertThat(find(proof, "tables").state()).isEqualTo(State.FAILED);
        assertThat(find(proof, "rows:public.emptied").state()).isEqualTo(State.FAILED);
    }

    @Test
    void onlyWarnsOfThemWhenTheDatabaseIsLaterThanTheBackup() throws Exception {
        var tables = List.of(estimate("gone", 5), estimate("emptied", 5));

        Proof proof = check(expected(false, tables));

        assertThat(proof.ok()).isTrue();
        assertThat(proof.unsettled()).extracting(Finding::state).containsOnly(State.WARNING);
        assertThat(proof.unsettled())
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("tables", "rows:public.emptied");
    }

    @Test
    void warnsOfATableWithFewerThanHalfOfItsRows() throws Exception {
        Proof proof = check(expected(true, List.of(estimate("scenarios", 201))));

        assertThat(find(proof, "rows:public.scenarios").state()).isEqualTo(State.OK);
        proof = check(expected(true, List.of(estimate("scenarios", 202))));
        assertThat(find(proof, "rows:public.scenarios").state()).isEqualTo(State.WARNING);
    }

    @Test
    void asksTheProfilesOwnQueries() throws Exception {
        Proof proof =
                check(
                        query("holds", "SELECT count(*) FROM scenarios;", "> 99"),
                        query("does not", "SELECT count(*) FROM scenarios -- all", "= 7"),
                        query("is none", "SELECT nonsense", "= 7"));

        assertThat(proof.ok()).isFalse();
        assertThat(find(proof, "query:holds").state()).isEqualTo(State.OK);
        assertThat(find(proof, "query:does not").measured()).isEqualTo("100");
        assertThat(find(proof, "query:does not").state()).isEqualTo(State.FAILED);
        assertThat(find(proof, "query:is none").state()).isEqualTo(State.FAILED);
    }

    @Test
    void changesNothingWhateverAQuerySays() throws Exception {
        cluster.execute(
                "CREATE FUNCTION harm() RETURNS int LANGUAGE sql AS 'DELETE FROM scenarios; SELECT 1'");

        Proof proof = check(query("harms", "SELECT harm()", "= 1"));

        assertThat(find(proof, "query:harms").state()).isEqualTo(State.FAILED);
        assertThat(cluster.value("(select count(*) from scenarios)")).isEqualTo("100");
    }

    @Test
    void failsWhenNobodyIsLetIn() throws Exception {
        var nowhere = cluster.spec().withDatabase("no_such_database");

        Proof proof =
                new RestoredChecks(expected(true, List.of()), CancelToken.never())
                        .run(() -> Database.connect(nowhere, CancelToken.never()));

        assertThat(proof.ok()).isFalse();
        assertThat(find(proof, "connectivity").state()).isEqualTo(State.FAILED);
    }

    private static Proof check(OwnQuery... queries) throws Exception {
        return check(new Expected("postgres", List.of(), true, List.of(queries)));
    }

    @Test
    void tellsEstimatesWhereCountingWouldKeepPeopleWaiting() throws Exception {
        Proof proof =
                new RestoredChecks(
                                expected(true, List.of(estimate("scenarios", 100))),
                                CancelToken.never(),
                                Duration.ZERO)
                        .run(() -> Database.connect(cluster.spec(), CancelToken.never()));

        assertThat(find(proof, "rows:public.scenarios").measured()).contains("not counted");
        assertThat(find(proof, "tables").state()).isEqualTo(State.OK);
    }

    private static Proof check(Expected expected) throws Exception {
        return new RestoredChecks(expected, CancelToken.never())
                .run(() -> Database.connect(cluster.spec(), CancelToken.never()));
    }

    private static Expected expected(boolean sameMoment, List<TableEstimate> tables) {
        return new Expected("postgres", tables, sameMoment, List.of());
    }

    private static TableEstimate estimate(String table, long rows) {
        return new TableEstimate("postgres", "public." + table, rows, 1);
    }

    private static OwnQuery query(String name, String sql, String expectation) {
        return new OwnQuery(name, sql, Expectation.parse(expectation).orElseThrow());
    }

    private static Finding find(Proof proof, String id) {
        return proof.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
