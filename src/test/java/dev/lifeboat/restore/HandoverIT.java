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
import dev.lifeboat.restore.handover.HandoverRequest;
import dev.lifeboat.restore.handover.HandoverWorld;
import dev.lifeboat.restore.handover.OldServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A restored copy becomes the database. */
class HandoverIT {
    private static SourceCluster source;

    private final List<String> events = new ArrayList<>();
    private final World world = new World();
    private Path home;
    private Path archive;
    private PhysicalPlan plan;

    @BeforeAll
    static void makeASourceWithHistory() throws Exception {
        source = SourceCluster.make();
        source.putSegment(
                "00000002.history",
                "1\t0/5000000\tsomebody else's promotion\n".getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @BeforeEach
    void restore() throws Exception {
        home = source.folder("home");
        archive = Files.createDirectory(home.resolve("archive"));
        source.host().files().chown(archive, source.tools().serverUser());
        plan = source.plan(home, source.points().get(1), TargetAction.PAUSE);
        RestoreJob.create(folder(), plan, source.tools(), _ -> {}).run(CancelToken.never());
        world.command = "cp %p '" + archive + "/%f'";
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
    void becomesADatabaseThatArchivesOnATimelineNobodyKnows() throws Exception {
        int port = source.host().ports().findFree();

        RestoreOutcome outcome = handOver(request(OptionalInt.of(port), true));

        assertThat(outcome.state()).isEqualTo(RestoreState.HANDED_OVER);
        assertThat(outcome.connection().orElseThrow()).contains(Integer.toString(port));
        assertThat(setting("archive_mode", outcome)).isEqualTo("on");
        assertThat(setting("listen_addresses", outcome)).isEqualTo("localhost");
        assertThat(setting("shared_buffers", outcome)).isEqualTo("128MB");
        assertThat(setting("fsync", outcome)).isEqualTo("on");
        try (Database session = connect(outcome)) {
            session.execute("INSERT INTO t VALUES (-1, 'written after the handover')");
        }
        assertThat(world.archived).containsExactly("00000003.history");
        assertThat(plan.dataDirectory().resolve("pg_wal/00000002.history")).doesNotExist();
        assertThat(archive).isDirectoryContaining("glob:**/00000003*");
        assertThat(world.bases).isEqualTo(1);
        Map<String, Object> told = view().handedOver().orElseThrow();
        assertThat(told.get("url")).isEqualTo("postgresql://localhost:" + port + "/postgres");
        assertThat(((Number) told.get("timeline")).intValue()).isEqualTo(3);
        assertThat(events)
                .containsSubsequence(
                        "old-server-fenced",
                        "promoted",
                        "own-settings-back",
                        "archiving-proven",
                        "analyzed",
                        "reindex-listed",
                        "base-taken",
                        "handed-over");
    }

    @Test
    void isNoCopyAnyMoreThatCouldBeTakenAway() throws Exception {
        handOver(request(OptionalInt.empty(), false));

        refuses(ProblemCode.TARGET_IN_USE, () -> job().discard(CancelToken.never()));
        refuses(ProblemCode.TARGET_IN_USE, () -> job().stop(CancelToken.never()));
        assertThat(ServerProcess.attach(source.host(), plan.dataDirectory())).isPresent();
        assertThat(plan.dataDirectory().resolve("PG_VERSION")).exists();
    }

    @Test
    void waitsUntilTheOldServerIsOutOfTheWay() throws Exception {
        world.old = new OldServer(OldServer.State.UNKNOWN, "Somebody answers.");
        refuses(ProblemCode.OLD_SERVER_LIVES, () -> handOver(request(OptionalInt.empty(), false)));
        assertThat(view().state()).isEqualTo(RestoreState.PAUSED);

        var attested =
                new HandoverRequest(
                        Optional.empty(), OptionalInt.empty(), false, Optional.of("Ada"));
        world.old = new OldServer(OldServer.State.TAKES_WRITES, "It answers.");
        refuses(ProblemCode.OLD_SERVER_LIVES, () -> handOver(attested));
        assertThat(view().state()).isEqualTo(RestoreState.PAUSED);

        world.old = new OldServer(OldServer.State.UNKNOWN, "Somebody answers.");
        assertThat(handOver(attested).state()).isEqualTo(RestoreState.HANDED_OVER);
    }

    @Test
    void goesOnWhereItStoppedOnceItsTroubleIsMended() throws Exception {
        String good = world.command;
        world.command = "false";
        refuses(ProblemCode.ARCHIVING_BROKEN, () -> handOver(request(OptionalInt.empty(), true)));
        assertThat(view().state()).isEqualTo(RestoreState.PROMOTED);
        events.clear();

        world.command = good;
        RestoreOutcome outcome = handOver(request(OptionalInt.empty(), true));

        assertThat(outcome.state()).isEqualTo(RestoreState.HANDED_OVER);
        assertThat(events).doesNotContain("old-server-fenced", "promoted", "own-settings-back");
    }

    private static HandoverRequest request(OptionalInt port, boolean archives) {
        return new HandoverRequest(Optional.empty(), port, archives, Optional.empty());
    }

    private RestoreOutcome handOver(HandoverRequest request) throws Exception {
        return job().handover(request, world, CancelToken.never());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void refuses(ProblemCode code, Work work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private RestoreJob job() throws Exception {
        return RestoreJob.open(folder(), source.tools(), event -> events.add(event.name()));
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }

    private RestoreView view() throws RecoveryException {
        return RestoreView.of(folder(), source.host());
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

    /** A world that does as it is told. */
    private static final class World implements HandoverWorld {
        private final List<String> archived = new ArrayList<>();
        private OldServer old =
                new OldServer(OldServer.State.UNREACHABLE, "Nobody answers at db1:5432.");
        private String command = "";
        private int bases;

        @Override
        public OldServer oldServer(String systemIdentifier, CancelToken cancel) {
            return old;
        }

        @Override
        public Archiving archiving() {
            return new Archiving(command, Map.of());
        }

        @Override
        public void archiveHistory(String name, byte[] content) {
            archived.add(name);
        }

        @Override
        public String takeBase(ConnectionSpec database, CancelToken cancel) {
            bases++;
            return "base-" + bases;
        }
    }
}
