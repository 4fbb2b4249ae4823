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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Look, then move on: a restore that waits at its target goes on to later ones. */
class AdvanceIT {
    private static final int KILLED = 137;

    private static SourceCluster source;

    private final List<String> events = new ArrayList<>();
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
    void restoreToTheFirstPoint() throws Exception {
        home = source.folder("home");
        plan = source.plan(home, point(0), TargetAction.PAUSE);
        RestoreJob.create(folder(), plan, source.tools(), _ -> {}).run(CancelToken.never());
    }

    @AfterEach
    void stopTheServer() throws Exception {
        stopServer(StopMode.IMMEDIATE);
        source.host().files().deleteTree(home, home.getParent());
    }

    @Test
    void movesOnToLaterTargetsWithoutTheBaseAndPausesThere() throws Exception {
        for (SourceCluster.Point point : source.points().subList(1, 3)) {
            RestoreOutcome outcome = advance(at(point));

            assertThat(outcome.state()).isEqualTo(RestoreState.PAUSED);
            assertThat(outcome.target()).contains(at(point));
            assertThat(rows(outcome)).isEqualTo(point.rows());
            assertThat(setting("fsync", outcome)).isEqualTo("on");
        }

        RestoreOutcome end = advance(RecoveryTarget.latest());

        assertThat(rows(end)).isEqualTo(source.points().getLast().rows());
        assertThat(events).doesNotContain("frame-placed").contains("advanced");
    }

    @Test
    void isTunedForReplayOnTheWay() throws Exception {
        advance(at(point(1)), "server-starting");

        assertThat(java.nio.file.Files.readString(plan.dataDirectory().resolve("postgresql.conf")))
                .contains("fsync = 'off'");
        assertThat(rows(resume())).isEqualTo(point(1).rows());
    }

    @Test
    void refusesAnEarlierTargetAndNamesTheCommandOfANewRestore() throws Exception {
        advance(at(point(2)));

        assertThatThrownBy(() -> advance(at(point(1))))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.TARGET_PASSED);
                            assertThat(refused.problem().remedy())
                                    .contains(
                                            "lifeboat restore latest --target-lsn "
                                                    + point(1).lsn()
                                                    + " --exclusive");
                        });
        assertThat(view().state()).isEqualTo(RestoreState.PAUSED);
        assertThat(((PhysicalPlan) view().plan()).target()).isEqualTo(at(point(2)));
    }

    @Test
    void refusesToCarryOutAPlanThatWasMadeBeforeItMovedOn() throws Exception {
        PhysicalPlan stale = SourceCluster.advance(folder(), source.tools(), at(point(1)));
        advance(at(point(2)));

        assertThatThrownBy(() -> job().advance(stale, CancelToken.never()))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.PLAN_OUTDATED));
        assertThat(view().state()).isEqualTo(RestoreState.PAUSED);
    }

    @Test
    void refusesToMoveAPromotedServer() throws Exception {
        job().promote(CancelToken.never());

        assertThatThrownBy(() -> advance(at(point(2))))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused ->
                                assertThat(refused.code())
                                        .isEqualTo(ProblemCode.ADVANCE_IMPOSSIBLE));
    }

    @Test
    void movesOnFromAStoppedServerAndStartsItAgainWhenResumed() throws Exception {
        job().stop(CancelToken.never());
        assertThat(view().state()).isEqualTo(RestoreState.STOPPED);
        assertThat(rows(resume())).isEqualTo(point(0).rows());

        job().stop(CancelToken.never());

        assertThat(rows(advance(at(point(1))))).isEqualTo(point(1).rows());
    }

    @Test
    void goesOnAfterAKillAtEveryBoundaryOfTheWay() throws Exception {
        SourceCluster.Point last = source.points().getLast();
        assertThat(child("advanced", last.lsn().toString()).waitFor()).isEqualTo(KILLED);
        for (String boundary :
                List.of(
                        "restore-began",
                        "stage-began:check",
                        "control-file-placed",
                        "server-starting",
                        "stage-ended:replay",
                        "target-reached",
                        "stage-began:pause",
                        "made-durable")) {
            assertThat(child(boundary).waitFor()).as(boundary).isEqualTo(KILLED);
        }

        RestoreOutcome outcome = resume();

        assertThat(outcome.state()).isEqualTo(RestoreState.PAUSED);
        assertThat(rows(outcome)).isEqualTo(last.rows());
        assertThat(setting("fsync", outcome)).isEqualTo("on");
    }

    private static SourceCluster.Point point(int index) {
        return source.points().get(index);
    }

    private static RecoveryTarget at(SourceCluster.Point point) {
        return new RecoveryTarget(
                TargetKind.LSN, point.lsn().toString(), false, java.util.Optional.empty());
    }

    private RestoreOutcome advance(RecoveryTarget target) throws Exception {
        return job().advance(
                        SourceCluster.advance(folder(), source.tools(), target),
                        CancelToken.never());
    }

    /** Advances, and is stopped at an event. */
    private void advance(RecoveryTarget target, String until) throws Exception {
        var cancel = CancelToken.never();
        PhysicalPlan next = SourceCluster.advance(folder(), source.tools(), target);
        RestoreJob job =
                RestoreJob.open(
                        folder(),
                        source.tools(),
                        event -> {
                            if (event.is(until)) {
                                cancel.cancel();
                            }
                        });
        assertThatThrownBy(() -> job.advance(next, cancel)).isNotNull();
    }

    private RestoreOutcome resume() throws Exception {
        return job().run(CancelToken.never());
    }

    private RestoreJob job() throws Exception {
        return RestoreJob.open(folder(), source.tools(), event -> events.add(event.name()));
    }

    private Process child(String... eventAndTarget) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RestoreChild.class.getName(),
                                folder().path().toString(),
                                source.storeFolder().toString(),
                                SourceCluster.PASSPHRASE));
        command.addAll(List.of(eventAndTarget));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("child.log").toFile())
                .start();
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }

    private RestoreView view() throws RecoveryException {
        return RestoreView.of(folder(), source.host());
    }

    private void stopServer(StopMode mode) throws RecoveryException {
        var server = ServerProcess.attach(source.host(), plan.dataDirectory());
        if (server.isPresent()) {
            server.get().stop(mode, Duration.ofMinutes(1), CancelToken.never());
        }
    }

    private static long rows(RestoreOutcome outcome) throws RecoveryException {
        try (Database session = connect(outcome)) {
            return session.one(row -> row.number("n"), "SELECT count(*) AS n FROM t");
        }
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
