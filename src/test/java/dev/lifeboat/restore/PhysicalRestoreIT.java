package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.RunningServer;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.StopMode;

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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Restores of a real cluster, from a real base and real WAL, to fixed positions. */
class PhysicalRestoreIT {
    private static SourceCluster source;

    private final List<String> events = new ArrayList<>();
    private Path home;
    private PhysicalPlan plan;
    private Consumer<Event> observer = event -> events.add(event.name());

    @BeforeAll
    static void makeASourceWithHistory() throws Exception {
        source = SourceCluster.make();
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
        if (plan != null) {
            stopServer(StopMode.IMMEDIATE);
        }
        source.host().files().deleteTree(home, home.getParent());
    }

    @Test
    void restoresToEachPositionWithExactlyTheRowsCommittedByThen() throws Exception {
        for (SourceCluster.Point point : source.points()) {
            RestoreOutcome outcome = restore(point, TargetAction.PAUSE);

            assertThat(outcome.state()).isEqualTo(RestoreState.PAUSED);
            assertThat(rows(outcome)).isEqualTo(point.rows());
            assertThat(setting("fsync", outcome)).isEqualTo("on");
            assertThat(setting("archive_mode", outcome)).isEqualTo("off");
            assertThat(setting("listen_addresses", outcome)).isEmpty();
            assertThat(setting("primary_conninfo", outcome)).isEmpty();
            stopServer(StopMode.IMMEDIATE);
        }
    }

    @Test
    void promotesToAServerOfItsOwnThatArchivesNothing() throws Exception {
        RestoreOutcome outcome = restore(source.points().get(1), TargetAction.PROMOTE);

        assertThat(outcome.state()).isEqualTo(RestoreState.PROMOTED);
        try (Database session = connect(outcome)) {
            session.execute("INSERT INTO t SELECT generate_series(1000001, 1000010)");
            assertThat(setting("archive_mode", outcome)).isEqualTo("off");
        }
        assertThat(plan.dataDirectory().resolve("recovery.signal")).doesNotExist();
        assertThat(Files.readString(plan.dataDirectory().resolve("postgresql.conf")))
                .doesNotContain("recovery_target")
                .doesNotContain("restore_command")
                .doesNotContain("fsync = 'off'");
    }

    @Test
    void comesBackPausedAtTheSamePointAfterItsServerWasStopped() throws Exception {
        SourceCluster.Point point = source.points().get(1);
        restore(point, TargetAction.PAUSE);
        stopServer(StopMode.FAST);
        assertThat(view().state()).isEqualTo(RestoreState.STOPPED);

        RestoreOutcome outcome = resume();

        assertThat(outcome.state()).isEqualTo(RestoreState.PAUSED);
        assertThat(rows(outcome)).isEqualTo(point.rows());
        assertThat(setting("fsync", outcome)).isEqualTo("on");
    }

    @Test
    void stopsWhenAskedToAndGoesOnLater() throws Exception {
        SourceCluster.Point point = source.points().getLast();
        var cancel = CancelToken.never();
        observer =
                event -> {
                    if (event.is("server-starting")) {
                        cancel.cancel();
                    }
                };
        plan = source.plan(home, point, TargetAction.PAUSE);
        RestoreJob job = RestoreJob.create(folder(), plan, source.tools(), observer);
        assertThatThrownBy(() -> job.run(cancel)).isInstanceOf(CancelledException.class);
        assertThat(view().state()).isEqualTo(RestoreState.INTERRUPTED);
        assertThat(RunningServer.on(source.host(), plan.dataDirectory())).isEmpty();

        observer = event -> events.add(event.name());
        RestoreOutcome outcome = resume();

        assertThat(rows(outcome)).isEqualTo(point.rows());
        assertThat(events).doesNotContain("frame-placed");
    }

    @Test
    void discardsWhatItMadeAndNothingElse() throws Exception {
        restore(source.points().getFirst(), TargetAction.PAUSE);
        Path data = plan.dataDirectory();

        RestoreJob.open(folder(), source.tools(), observer).discard(CancelToken.never());

        assertThat(data).doesNotExist();
        assertThat(view().state()).isEqualTo(RestoreState.DISCARDED);
        assertThat(folder().plan()).exists();
        assertThat(folder().journal()).exists();
        assertThat(folder().path().resolve("spool")).doesNotExist();
    }

    @Test
    void failsLoudlyWhenASegmentThePlanNeedsIsGoneFromBothRegions() throws Exception {
        SourceCluster.Point point = source.points().getLast();
        String gone = source.plan(home, point, TargetAction.PAUSE).wal().segments().get(2);
        byte[] kept = source.removeSegment(gone);
        try {
            assertThatThrownBy(() -> restore(point, TargetAction.PAUSE))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> assertThat(e.code()).isEqualTo(ProblemCode.WAL_ABSENT));
            assertThat(view().state()).isEqualTo(RestoreState.INTERRUPTED);
        } finally {
            source.putSegment(gone, kept);
        }

        assertThat(rows(resume())).isEqualTo(point.rows());
    }

    @Test
    void saysWhatCanStillBeReachedWhenEveryCopyOfASegmentIsDamaged() throws Exception {
        SourceCluster.Point point = source.points().getLast();
        SourceCluster.Point before = source.points().get(1);
        List<String> needed = source.plan(home, point, TargetAction.PAUSE).wal().segments();
        int behind = source.plan(home, before, TargetAction.PAUSE).wal().segments().size();
        String damaged = needed.get(behind);
        byte[] kept = source.damageSegment(damaged);
        try {
            assertThatThrownBy(() -> restore(point, TargetAction.PAUSE))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> {
                                assertThat(e.problem().what())
                                        .isEqualTo(
                                                damaged
                                                        + " is damaged in every region: primary"
                                                        + " and dr.");
                                assertThat(reachable(e.problem().why())).isLessThan(before.lsn());
                                assertThat(e.problem().remedy())
                                        .contains(
                                                "lifeboat restore latest --target-lsn "
                                                        + reachable(e.problem().why()),
                                                "lifeboat restores resume " + plan.id());
                            });
            assertThat(view().state()).isEqualTo(RestoreState.INTERRUPTED);
        } finally {
            source.putSegment(damaged, kept);
        }

        assertThat(rows(resume())).isEqualTo(point.rows());
    }

    private static Lsn reachable(String why) {
        Matcher last = Pattern.compile("can be reached is .* at ([0-9A-F/]+)\\.").matcher(why);
        assertThat(last.find()).as(why).isTrue();
        return Lsn.parse(last.group(1));
    }

    @Test
    void fillsAHoleInThePrimarysWalFromDr() throws Exception {
        SourceCluster.Point point = source.points().getLast();
        String gone = source.plan(home, point, TargetAction.PAUSE).wal().segments().get(2);
        byte[] kept = source.removeFromPrimary(gone);
        try {
            assertThat(rows(restore(point, TargetAction.PAUSE))).isEqualTo(point.rows());
        } finally {
            source.putSegment(gone, kept);
        }
    }

    @Test
    void startsNoServerWithoutTheLabelThatTellsItWhereToBegin() throws Exception {
        observer =
                event -> {
                    if (event.is("control-file-placed")) {
                        plan.dataDirectory().resolve("backup_label").toFile().delete();
                    }
                };

        assertThatThrownBy(() -> restore(source.points().getFirst(), TargetAction.PAUSE))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_INCOMPLETE));
        assertThat(folder().serverLog()).doesNotExist();
    }

    @Test
    void renamesWhatLiesInTheDirectoryAndNeverDeletesIt() throws Exception {
        Path data = home.resolve("old-data");
        Files.createDirectory(data);
        Files.writeString(data.resolve("precious"), "untouched");
        SourceCluster.Point point = source.points().getFirst();
        Path aside = home.resolve("old-data_before");
        plan = source.plan(home, point, TargetAction.PAUSE, data, Optional.of(aside));

        RestoreOutcome outcome = run();

        assertThat(rows(outcome)).isEqualTo(point.rows());
        assertThat(aside.resolve("precious")).hasContent("untouched");
    }

    @Test
    void refusesADirectoryThatThePlanTookForEmpty() throws Exception {
        Path data = Files.createDirectory(home.resolve("old-data"));
        Files.writeString(data.resolve("precious"), "untouched");
        plan =
                source.plan(
                        home,
                        source.points().getFirst(),
                        TargetAction.PAUSE,
                        data,
                        Optional.empty());

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.TARGET_NOT_EMPTY));
        assertThat(data.resolve("precious")).hasContent("untouched");
    }

    private RestoreOutcome restore(SourceCluster.Point point, TargetAction action)
            throws Exception {
        plan = source.plan(home, point, action);
        return run();
    }

    private RestoreOutcome run() throws Exception {
        return RestoreJob.create(folder(), plan, source.tools(), observer).run(CancelToken.never());
    }

    private RestoreOutcome resume() throws Exception {
        return RestoreJob.open(folder(), source.tools(), observer).run(CancelToken.never());
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

    private static Database connect(RestoreOutcome outcome) throws RecoveryException {
        return Database.connect(
                ConnectionSpec.parse(
                        outcome.connection().orElseThrow(), Map.of(), source.host().currentUser()),
                CancelToken.never());
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
}
