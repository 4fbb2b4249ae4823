package dev.lifeboat.ui.restore;

import static dev.lifeboat.ui.restore.RunStages.Standing.DONE;
import static dev.lifeboat.ui.restore.RunStages.Standing.RUNNING;
import static dev.lifeboat.ui.restore.RunStages.Standing.WAITING;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.Rescue;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;
import dev.lifeboat.ui.task.TimeText;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RunModelsTest {
    private static final Instant T0 = Instant.parse("2026-04-07T03:00:00Z");
    private final RunText text =
            new RunText(new TimeText(Clock.fixed(T0, ZoneOffset.UTC), ZoneOffset.UTC));

    @Test
    void theStageUnderWayHasItsShareAndThoseBeforeItAreDone() {
        var rows =
                RunStages.of(
                        Sights.view(RestoreState.RUNNING, Sights.upToFetch()),
                        Optional.of(Sights.fetching()));

        assertThat(rows).extracting(RunStages.Row::stage).startsWith(Stage.CHECK, Stage.CHOOSE);
        assertThat(rows.get(0).standing()).isEqualTo(RunStages.Standing.DONE);
        assertThat(rows.get(2).standing()).isEqualTo(RunStages.Standing.RUNNING);
        assertThat(rows.get(2).fraction().orElseThrow()).isBetween(0.60, 0.62);
        assertThat(rows.get(3).standing()).isEqualTo(RunStages.Standing.WAITING);
    }

    @Test
    void whatWasInterruptedIsNotShownAsUnderWay() {
        var rows = RunStages.of(Sights.failed(), Optional.empty());

        assertThat(rows.get(2).standing()).isEqualTo(RunStages.Standing.STOPPED);
    }

    @Test
    void aRestoreAtItsTargetHasEveryStageBehindIt() {
        var rows =
                RunStages.of(
                        Sights.view(RestoreState.PAUSED, Sights.upToPause()), Optional.empty());

        assertThat(rows).allMatch(row -> row.standing() == RunStages.Standing.DONE);
    }

    @Test
    void whatAnAdvanceRepeatsIsNotDoneYet() {
        List<Event> events = new ArrayList<>(Sights.upToFindings());
        events.addAll(Sights.advanced());
        var begun = RunStages.of(Sights.view(RestoreState.RUNNING, events), Optional.empty());
        events.addAll(Sights.advancedToReplay());
        var rows =
                RunStages.of(
                        Sights.view(RestoreState.RUNNING, events), Optional.of(Sights.replaying()));

        assertThat(begun)
                .extracting(RunStages.Row::standing)
                .startsWith(DONE, DONE, DONE, DONE, WAITING, WAITING, WAITING, WAITING, WAITING);
        assertThat(rows)
                .extracting(RunStages.Row::standing)
                .startsWith(DONE, DONE, DONE, DONE, DONE, DONE, RUNNING, WAITING, WAITING);
        assertThat(rows.get(6).fraction().orElseThrow()).isBetween(0.57, 0.58);
    }

    @Test
    void thePageTellsTheEstimateOfTheProcess() {
        String told = text.progress(Sights.replaying(), new RunPace(), T0);

        assertThat(told)
                .isEqualTo(
                        "61 of 106 segments  ·  1.5 segments/s  ·  33 s – 1 m 7 s left  ·  2"
                                + " requests made again");
    }

    @Test
    void whatDoesNotMoveIsSaidToStand() {
        var pace = new RunPace();
        pace.saw(T0, fetched(5, 1000));
        pace.saw(T0.plusSeconds(30), fetched(5, 1000));

        assertThat(pace.stalled(T0.plusSeconds(30))).contains(Duration.ofSeconds(30));
        assertThat(text.progress(fetched(5, 1000), pace, T0.plusSeconds(30))).contains("30 s");
    }

    @Test
    void anotherStageBeginsAnew() {
        var pace = new RunPace();
        pace.saw(T0, fetched(5, 1000));
        pace.saw(T0.plusSeconds(30), Sights.replaying());

        assertThat(pace.stalled(T0.plusSeconds(31))).isEmpty();
    }

    @Test
    void theChatHearsStateTargetAndWhatToDo() {
        String status = text.status(Sights.failed(), Optional.empty(), new RunPace(), Sights.NOW);

        assertThat(status).contains(Sights.ID, "interrupted", "pg-dr-01", "Free 12.4 GiB");
    }

    @Test
    void theChatHearsWhatWasBroughtBackAndHowItEnded() {
        var began =
                new Event(
                        Sights.NOW,
                        "rescue-began",
                        Map.of("into", "shop@db:5432", "asked", List.of("orders")));
        var table =
                new Event(
                        Sights.NOW,
                        "rescue-table",
                        Map.of("table", "public.orders", "inserted", 409, "updated", 2));
        var ended = new Event(Sights.NOW, "rescue-ended", Map.of());
        var failed =
                new Event(
                        Sights.NOW,
                        "rescue-failed",
                        Map.of("problem", Map.of("what", "It is locked.")));

        assertThat(chat(new Rescue(began, List.of(table), Optional.of(ended))))
                .contains("409 rows brought back and 2 changed in shop@db:5432 (public.orders).")
                .doesNotContain("not told", "stopped before");
        assertThat(chat(new Rescue(began, List.of(), Optional.of(failed))))
                .contains("0 rows brought back", "(orders)", "It is locked.");
        assertThat(
                        chat(
                                new Rescue(began, List.of(table), Optional.of(ended)),
                                new Rescue(began, List.of(), Optional.empty())))
                .contains("How it ended is not told", "1 earlier rescue is in the record");
    }

    private String chat(Rescue... rescues) {
        RestoreView view = Sights.failed();
        return text.status(
                new RestoreView(
                        view.id(),
                        view.state(),
                        view.stage(),
                        view.plan(),
                        view.startedAt(),
                        view.connection(),
                        view.history(),
                        List.of(rescues)),
                Optional.empty(),
                new RunPace(),
                Sights.NOW);
    }

    @Test
    void aPauseIsNoTimeWorked() {
        List<Event> events = new ArrayList<>(Sights.upToPause());
        Instant paused = events.getLast().at();
        events.add(new Event(paused.plusSeconds(3600), "restore-began", Map.of()));
        events.add(new Event(paused.plusSeconds(3604), "promoted", Map.of()));
        Duration before = Duration.between(events.getFirst().at(), paused);

        assertThat(RunText.worked(Sights.view(RestoreState.PROMOTED, events), Instant.MAX))
                .contains(before.plusSeconds(4));
        assertThat(
                        RunText.worked(
                                Sights.view(RestoreState.RUNNING, events),
                                paused.plusSeconds(3610)))
                .contains(before.plusSeconds(10));
    }

    private static RestoreSample fetched(long done, long total) {
        return new RestoreSample(
                Stage.FETCH,
                done,
                total,
                0,
                0,
                List.of(),
                0,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
