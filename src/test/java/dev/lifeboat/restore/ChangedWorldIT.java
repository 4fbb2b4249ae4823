package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What changed between a plan and its execution stops it before anything was fetched, renamed or
 * made, each change with a problem of its own.
 */
class ChangedWorldIT {
    private static SourceCluster source;
    private static long rows;

    private Path home;
    private Path data;

    @BeforeAll
    static void makeASource() throws Exception {
        source = SourceCluster.make();
        rows = source.rows();
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @BeforeEach
    void makeAHome() throws Exception {
        home = source.folder("home");
        data = home.resolve("data");
    }

    @AfterEach
    void nothingWasMadeAndTheSourceServesAsBefore() throws Exception {
        assertThat(data).doesNotExist();
        assertThat(source.rows()).isEqualTo(rows);
        source.host().files().deleteTree(home, home.getParent());
    }

    @Test
    void aPortThatSomebodyTook() throws Exception {
        PhysicalPlan plan = plan(data, Map.of());
        try (var _ = new ServerSocket(plan.port(), 1, InetAddress.getLoopbackAddress())) {
            RecoveryException stopped = stopped(plan, source.host());

            assertThat(stopped.code()).isEqualTo(ProblemCode.PORT_TAKEN);
            assertThat(stopped.problem().what()).contains("" + plan.port());
            assertThat(stopped.problem().remedy()).contains("--port");
        }
    }

    @Test
    void aDirectoryOfATablespaceThatHoldsSomething() throws Exception {
        Path taken = Files.createDirectory(home.resolve("taken"));
        Files.writeString(taken.resolve("precious"), "untouched");

        RecoveryException stopped = stopped(plan(data, Map.of(16400L, taken)), source.host());

        assertThat(stopped.code()).isEqualTo(ProblemCode.TABLESPACE_TAKEN);
        assertThat(stopped.problem().what()).contains(taken.toString());
        assertThat(taken.resolve("precious")).hasContent("untouched");
    }

    @Test
    void aServerThatRunsInTheDirectory() throws Exception {
        Path live = source.dataDirectory();
        Path aside = live.resolveSibling("aside");

        RecoveryException stopped =
                stopped(plan(live, Optional.of(aside), Map.of()), source.host());

        assertThat(stopped.code()).isEqualTo(ProblemCode.TARGET_IN_USE);
        assertThat(stopped.problem().what() + stopped.problem().why()).contains(live.toString());
        assertThat(aside).doesNotExist();
    }

    @Test
    void aManifestThatWasReplaced() throws Exception {
        PhysicalPlan plan = plan(data, Map.of());
        source.replaceManifest("another");
        try {
            RecoveryException stopped = stopped(plan, source.host());

            assertThat(stopped.code()).isEqualTo(ProblemCode.PLAN_OUTDATED);
            assertThat(stopped.problem().why()).contains(plan.manifestKey());
        } finally {
            source.replaceManifest(SourceCluster.MANIFEST);
        }
    }

    @Test
    void aDiskThatIsTooSmall() throws Exception {
        var disk = SmallDisk.of(source.host(), 1 << 20);

        RecoveryException stopped = stopped(plan(data, Map.of()), disk.host());

        assertThat(stopped.code()).isEqualTo(ProblemCode.NO_SPACE);
        assertThat(stopped.problem().why()).contains("1.00 MiB free");
    }

    @Test
    void anotherMachine() throws Exception {
        Host other = SmallDisk.named(source.host(), "elsewhere");

        RecoveryException stopped = stopped(plan(data, Map.of()), other);

        assertThat(stopped.code()).isEqualTo(ProblemCode.PLAN_OUTDATED);
        assertThat(stopped.problem().why()).contains("'elsewhere'");
    }

    private PhysicalPlan plan(Path directory, Map<Long, Path> tablespaces) throws Exception {
        return plan(directory, Optional.empty(), tablespaces);
    }

    private PhysicalPlan plan(Path directory, Optional<Path> aside, Map<Long, Path> tablespaces)
            throws Exception {
        return source.plan(
                home,
                source.points().getFirst(),
                TargetAction.PAUSE,
                directory,
                aside,
                tablespaces);
    }

    private RecoveryException stopped(PhysicalPlan plan, Host host) throws Exception {
        RestoreFolder folder = RestoreFolder.of(home, plan.id());
        RestoreJob job = RestoreJob.create(folder, plan, source.tools(host), event -> {});
        var stopped =
                catchThrowableOfType(RecoveryException.class, () -> job.run(CancelToken.never()));
        assertThat(folder.path().resolve("spool")).doesNotExist();
        return stopped;
    }
}
