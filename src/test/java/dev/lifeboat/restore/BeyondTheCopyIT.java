package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;
import dev.lifeboat.postgres.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the source's WAL does outside the copy, or wants of the copy's settings: a tablespace made
 * after the base (before the second point), and max_connections raised (before the third).
 */
class BeyondTheCopyIT {
    private static SourceCluster source;
    private static TestCluster live;
    private static Path tablespace;

    private final List<String> events = new ArrayList<>();
    private Path home;
    private PhysicalPlan plan;

    @BeforeAll
    static void makeASourceWithHistory() throws Exception {
        source = SourceCluster.make(BeyondTheCopyIT::tell);
    }

    private static void tell(TestCluster cluster, int batch) throws Exception {
        live = cluster;
        if (batch == 2) {
            tablespace = cluster.root.resolve("space");
            Files.createDirectory(tablespace);
            cluster.host.files().chown(tablespace, cluster.user);
            cluster.execute(
                    "CREATE TABLESPACE space LOCATION '" + tablespace + "'",
                    "CREATE TABLE apart TABLESPACE space AS SELECT generate_series(1, 1000) AS id");
        } else if (batch == 3) {
            cluster.stop(StopMode.FAST);
            cluster.set(Map.of("max_connections", "123"));
            cluster.start();
        }
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @BeforeEach
    void makeAHome() throws Exception {
        home = source.folder("home");
    }

    @AfterEach
    void stopTheServer() throws Exception {
        var server = ServerProcess.attach(source.host(), plan.dataDirectory());
        if (server.isPresent()) {
            server.get().stop(StopMode.IMMEDIATE, Duration.ofMinutes(1), CancelToken.never());
        }
        source.host().files().deleteTree(home, home.getParent());
    }

    @Test
    void neverReplaysATablespaceIntoThePathOfTheLiveSource() throws Exception {
        plan = source.plan(home, source.points().get(1), TargetAction.PAUSE);

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.TABLESPACE_TAKEN);
                            assertThat(refused.problem().remedy()).contains("--target-lsn");
                        });
        assertThat(live.value("(SELECT count(*) FROM apart)")).isEqualTo("1000");
        live.execute("CHECKPOINT");
        assertThat(plan.dataDirectory().resolve("pg_tblspc")).isEmptyDirectory();
    }

    @Test
    void restoresToBeforeTheTablespaceOnTheSourcesOwnMachine() throws Exception {
        plan = source.plan(home, source.points().get(0), TargetAction.PAUSE);

        assertThat(run().state()).isEqualTo(RestoreState.PAUSED);
    }

    @Test
    void makesTheDirectoryWhereNothingIsAndTakesItAwayWhenDiscarded() throws Exception {
        live.stop(StopMode.FAST);
        Path aside = tablespace.resolveSibling("space-of-the-source");
        Files.move(tablespace, aside);
        try {
            plan = source.plan(home, source.points().getLast(), TargetAction.PAUSE);

            RestoreOutcome outcome = run();

            try (Database session = connect(outcome)) {
                long rows = session.one(row -> row.number("n"), "SELECT count(*) AS n FROM apart");
                assertThat(rows).isEqualTo(1000);
            }
            assertThat(setting("max_connections", outcome)).isEqualTo("123");
            assertThat(events).contains("limits-raised");
            RestoreJob.open(folder(), source.tools(), _ -> {}).discard(CancelToken.never());
            assertThat(tablespace).doesNotExist();
        } finally {
            Files.move(aside, tablespace);
            live.start();
        }
    }

    private RestoreOutcome run() throws Exception {
        return RestoreJob.create(folder(), plan, source.tools(), event -> events.add(event.name()))
                .run(CancelToken.never());
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }

    private static String setting(String name, RestoreOutcome outcome) throws RecoveryException {
        try (Database session = connect(outcome)) {
            return session.one(
                    row -> row.text("value"), "SELECT current_setting(?) AS value", name);
        }
    }

    private static Database connect(RestoreOutcome outcome) throws RecoveryException {
        return Database.connect(
                ConnectionSpec.parse(
                        outcome.connection().orElseThrow(), Map.of(), source.host().currentUser()),
                CancelToken.never());
    }
}
