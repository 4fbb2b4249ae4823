package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A disk that fills up during a restore stops it, and nothing is lost: it goes on later. */
class FullDiskIT {
    private static SourceCluster source;

    private final List<Event> events = new ArrayList<>();
    private SourceCluster.Point point;
    private Path home;
    private PhysicalPlan plan;

    @BeforeAll
    static void makeASource() throws Exception {
        source = SourceCluster.make();
    }

    @AfterAll
    static void removeTheSource() throws Exception {
        source.close();
    }

    @BeforeEach
    void planARestore() throws Exception {
        home = source.folder("home");
        point = source.points().getLast();
        plan = source.plan(home, point, TargetAction.PAUSE);
    }

    @AfterEach
    void removeTheRestore() throws Exception {
        var server = ServerProcess.attach(source.host(), plan.dataDirectory());
        if (server.isPresent()) {
            server.get().stop(StopMode.IMMEDIATE, Duration.ofMinutes(1), CancelToken.never());
        }
        source.host().files().deleteTree(home, home.getParent());
    }

    @Test
    void whileTheBaseIsUnpacked() throws Exception {
        long half = plan.base().plainBytes() / 2;

        stopsForWantOfSpace(SmallDisk.fillingUp(source.host(), ".*/data/.*", half));

        assertThat(placed()).isNotEmpty();
        assertThat(plan.dataDirectory().resolve("global/pg_control")).doesNotExist();
        List<String> before = placed();
        events.clear();
        goesOnToTheSameRows();
        assertThat(placed()).isNotEmpty().doesNotContainAnyElementsOf(before);
    }

    @Test
    void beforeTheFirstByteOfTheBase() throws Exception {
        stopsForWantOfSpace(SmallDisk.fillingUp(source.host(), ".*/data/.*", 0));

        assertThat(placed()).isEmpty();
        goesOnToTheSameRows();
    }

    @Test
    void whileTheServerReplaysWhatIsFetchedForIt() throws Exception {
        long twoSegments = 2L * plan.wal().segmentBytes() + 1000;

        stopsForWantOfSpace(SmallDisk.fillingUp(source.host(), ".*/incoming/.*", twoSegments));

        goesOnToTheSameRows();
    }

    private void stopsForWantOfSpace(SmallDisk disk) throws Exception {
        RestoreJob job = RestoreJob.create(folder(), plan, source.tools(disk.host()), events::add);

        var stopped =
                catchThrowableOfType(RecoveryException.class, () -> job.run(CancelToken.never()));

        assertThat(stopped.code()).as(stopped.toString()).isEqualTo(ProblemCode.NO_SPACE);
        assertThat(stopped.problem().why()).contains("No space left on device");
        assertThat(RunningServer.on(source.host(), plan.dataDirectory())).isEmpty();
        assertThat(Journal.read(folder().journal()))
                .filteredOn(event -> event.is("failed"))
                .singleElement()
                .satisfies(event -> assertThat(event.fields()).containsEntry("resumable", true));
        assertThat(RestoreView.of(folder(), source.host()).state())
                .isEqualTo(RestoreState.INTERRUPTED);
    }

    private void goesOnToTheSameRows() throws Exception {
        RestoreOutcome outcome =
                RestoreJob.open(folder(), source.tools(), events::add).run(CancelToken.never());

        assertThat(outcome.state()).isEqualTo(RestoreState.PAUSED);
        var spec =
                ConnectionSpec.parse(
                        outcome.connection().orElseThrow(), Map.of(), source.host().currentUser());
        try (Database session = Database.connect(spec, CancelToken.never())) {
            long rows =
                    session.one(
                            row -> row.number("n"),
                            "SELECT count(*) AS n FROM t WHERE length(filler) = 100");
            assertThat(rows).isEqualTo(point.rows());
        }
    }

    private List<String> placed() {
        return events.stream()
                .filter(event -> event.is("frame-placed"))
                .map(event -> event.text("stream").orElseThrow() + "/" + event.number("number"))
                .toList();
    }

    private RestoreFolder folder() {
        return RestoreFolder.of(home, plan.id());
    }
}
