package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Safety rule 4: killed at any instant, a restore goes on and ends at the same rows. */
class KilledRestoreIT {
    private static final int KILLED = 137;
    private static final List<String> BOUNDARIES =
            List.of(
                    "restore-began",
                    "stage-began:check",
                    "base-chosen",
                    "directories-claimed",
                    "stage-began:fetch",
                    "frame-placed",
                    "stage-ended:fetch",
                    "base-complete",
                    "stage-began:configure",
                    "control-file-placed",
                    "server-starting",
                    "stage-began:replay",
                    "stage-ended:replay",
                    "target-reached",
                    "stage-began:pause",
                    "made-durable");

    private static SourceCluster source;
    private Path home;
    private PhysicalPlan plan;

    @BeforeAll
    static void makeASourceWithHistory() throws Exception {
        source = SourceCluster.make();
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @BeforeEach
    void planARestore() throws Exception {
        home = source.folder("home");
        plan = source.plan(home, source.points().getLast(), TargetAction.PAUSE);
        RestoreJob.create(folder(), plan, source.tools(), _ -> {});
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
    void goesOnAfterAKillAtEveryBoundary() throws Exception {
        for (String boundary : BOUNDARIES) {
            assertThat(start(boundary).waitFor()).as(boundary).isEqualTo(KILLED);
        }

        finish();
    }

    @Test
    void goesOnAfterKillsAtRandomInstants() throws Exception {
        var random = new Random();
        for (int kill = 0; kill < 8; kill++) {
            Process child = start("no such event");
            if (!child.waitFor(500 + random.nextInt(4000), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly().waitFor();
            }
        }

        finish();
    }

    private void finish() throws Exception {
        RestoreOutcome outcome =
                RestoreJob.open(folder(), source.tools(), _ -> {}).run(CancelToken.never());
        assertThat(outcome.state()).isEqualTo(RestoreState.PAUSED);
        var spec =
                ConnectionSpec.parse(
                        outcome.connection().orElseThrow(), Map.of(), source.host().currentUser());
        try (Database session = Database.connect(spec, CancelToken.never())) {
            String found =
                    session.one(
                            row -> row.text("rows"),
                            "SELECT count(*) || ' ' || sum(id) AS rows FROM t");
            String fsync =
                    session.one(
                            row -> row.text("fsync"), "SELECT current_setting('fsync') AS fsync");
            assertThat(found).isEqualTo(expected());
            assertThat(fsync).isEqualTo("on");
        }
    }

    private static String expected() {
        long rows = source.points().getLast().rows();
        return rows + " " + rows * (rows + 1) / 2;
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }

    private Process start(String boundary) throws Exception {
        return RestoreChild.start(
                source, folder(), boundary, Redirect.to(home.resolve("child.log").toFile()));
    }
}
