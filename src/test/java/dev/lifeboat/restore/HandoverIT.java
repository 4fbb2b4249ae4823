package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.configuration.ConfigFiles;
import dev.lifeboat.catalog.configuration.ConfigSearch;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    void takesWhatLayOutsideTheDataDirectoryFromAConfigurationBackup() throws Exception {
        Path originals = folder().originals();
        Files.delete(originals.resolve("postgresql.conf"));
        Files.delete(originals.resolve("pg_hba.conf"));
        Files.delete(originals.resolve("pg_ident.conf"));
        world.elsewhere = Optional.of(debian());

        RestoreOutcome outcome = handOver(request(OptionalInt.empty(), false));

        assertThat(outcome.state()).isEqualTo(RestoreState.HANDED_OVER);
        assertThat(setting("work_mem", outcome)).isEqualTo("7MB");
        assertThat(setting("maintenance_work_mem", outcome)).isEqualTo("71MB");
        assertThat(setting("ssl", outcome)).isEqualTo("off");
        assertThat(setting("data_directory", outcome)).isEqualTo(plan.dataDirectory().toString());
        try (Database session = connect(outcome)) {
            assertThat(
                            session.query(
                                    row -> row.text("rule"),
                                    "SELECT type || ' ' || address || ' ' || auth_method AS rule"
                                            + " FROM pg_hba_file_rules WHERE type <> 'local'"))
                    .containsExactly("host 10.0.0.0 reject");
        }
        Map<String, Object> told = view().handedOver().orElseThrow();
        assertThat(told.get("notes").toString()).contains("a-config");
        assertThat(told.get("takenOut").toString()).contains("data_directory", "ssl");
    }

    @Test
    void startsWithDefaultsAndSaysSoWhenNobodyKnowsItsConfiguration() throws Exception {
        Files.delete(folder().originals().resolve("postgresql.conf"));

        RestoreOutcome outcome = handOver(request(OptionalInt.empty(), false));

        assertThat(outcome.state()).isEqualTo(RestoreState.HANDED_OVER);
        assertThat(world.asked).isEqualTo(1);
        assertThat(view().handedOver().orElseThrow().get("notes").toString())
                .contains("Nobody knows the source's postgresql.conf");
    }

    /** As Debian lays a cluster out. */
    private static ConfigFiles debian() {
        Map<String, String> texts =
                Map.of(
                        "/etc/postgresql/17/main/postgresql.conf",
                        """
                        data_directory = '/var/lib/postgresql/17/main'
                        hba_file = '/etc/postgresql/17/main/pg_hba.conf'
                        ident_file = '/etc/postgresql/17/main/pg_ident.conf'
                        external_pid_file = '/var/run/postgresql/17-main.pid'
                        unix_socket_directories = '/var/run/postgresql'
                        ssl = on
                        ssl_cert_file = '/etc/ssl/certs/ssl-cert-snakeoil.pem'
                        ssl_key_file = '/etc/ssl/private/ssl-cert-snakeoil.key'
                        work_mem = '7MB'
                        include_dir = 'conf.d'
                        """,
                        "/etc/postgresql/17/main/conf.d/memory.conf",
                        "maintenance_work_mem = '71MB'\n",
                        "/etc/postgresql/17/main/pg_hba.conf",
                        "local all postgres peer\nhost all all 10.0.0.0/8 reject\n",
                        "/etc/postgresql/17/main/pg_ident.conf",
                        "# none\n");
        Map<String, byte[]> files = new HashMap<>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new ConfigFiles(files);
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

    @Test
    void aRepetitionKeepsThePortThatWasWrittenUnlessAnotherIsNamed() throws Exception {
        int first = source.host().ports().findFree();
        int second = source.host().ports().findFree();
        while (second == first) {
            second = source.host().ports().findFree();
        }
        String good = world.command;
        world.command = "false";
        refuses(ProblemCode.ARCHIVING_BROKEN, () -> handOver(request(OptionalInt.of(first), true)));
        refuses(ProblemCode.ARCHIVING_BROKEN, () -> handOver(request(OptionalInt.empty(), true)));

        world.command = good;
        RestoreOutcome outcome = handOver(request(OptionalInt.of(second), true));

        assertThat(setting("port", outcome)).isEqualTo(Integer.toString(second));
        assertThat(view().handedOver().orElseThrow().get("url"))
                .isEqualTo("postgresql://localhost:" + second + "/postgres");
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
        private Optional<ConfigFiles> elsewhere = Optional.empty();
        private int asked;
        private int bases;

        @Override
        public OldServer oldServer(String systemIdentifier, CancelToken cancel) {
            return old;
        }

        @Override
        public ConfigSearch.Found configuration(
                String systemIdentifier, Optional<Instant> until, CancelToken cancel)
                throws RecoveryException {
            asked++;
            return new ConfigSearch.Found(
                    elsewhere.map(
                            files -> new ConfigSearch.Taken("a-config", Instant.EPOCH, files)),
                    List.of());
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
