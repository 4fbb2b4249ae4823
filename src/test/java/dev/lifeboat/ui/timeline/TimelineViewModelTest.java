package dev.lifeboat.ui.timeline;

import static dev.lifeboat.ui.timeline.SampleTimelines.at;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.SnapTo;
import dev.lifeboat.wal.find.HarmKind;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

class TimelineViewModelTest {
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<RestoreIntent> planned = new ArrayList<>();
    private final SampleSource source = new SampleSource(SampleTimelines.evening());
    private final TimelineViewModel viewModel =
            new TimelineViewModel(
                    source,
                    new TaskRunner(background::add, Runnable::run),
                    FakeServices.TIMES,
                    new Recorder());

    private final class Recorder implements Navigator {
        @Override
        public void open(Destination destination) {}

        @Override
        public boolean has(Destination destination) {
            return destination == Destination.RESTORE;
        }

        @Override
        public void restore(RestoreIntent intent) {
            planned.add(intent);
        }

        @Override
        public void showRestore(String id) {}

        @Override
        public void timeline(Instant at) {}
    }

    private void work() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private void load() {
        viewModel.refresh();
        work();
    }

    @Test
    void beginsWithTheLatestAndItsAnswers() {
        load();

        assertThat(viewModel.getTargetUtc()).isEqualTo("2026-11-23 03:52:11Z");
        assertThat(viewModel.getTargetLocal()).isEqualTo("04:52:11 CET");
        assertThat(viewModel.answersProperty().get().get()).contains("03:52:11Z");
    }

    @Test
    void whileDraggingOneAnswerAtATimeIsAskedForAndTheLastPlaceIsAnswered() {
        load();
        source.answered.clear();
        for (int i = 1; i <= 500; i++) {
            viewModel.state().drag(at("2026-11-23T02:00:00Z") + i * 1_000_000L, false);
        }

        assertThat(background).hasSize(1);
        work();

        assertThat(source.answered).hasSize(2);
        assertThat(source.answered.getLast())
                .isEqualTo(at("2026-11-23T02:00:00Z") + 500 * 1_000_000L);
        assertThat(viewModel.answersProperty().get().get()).contains("02:08:20Z");
    }

    @Test
    void whatWasLoadedStaysWhenARefreshFails() {
        load();
        source.problem = FakeServices.unreachable();

        load();

        assertThat(viewModel.problemProperty().get()).isEqualTo(FakeServices.unreachable());
        assertThat(viewModel.getTargetUtc()).isEqualTo("2026-11-23 03:52:11Z");
        assertThat(viewModel.isLoading()).isFalse();
    }

    @Test
    void whatNobodyHasReadIsReadByItselfAndThePictureMadeAnew() {
        source.unread = 3;

        load();

        assertThat(source.loads).isEqualTo(4);
    }

    @Test
    void endlessWalIsLeftToTheCommand() {
        source.unread = Integer.MAX_VALUE;

        load();

        assertThat(source.loads).isEqualTo(41);
    }

    @Test
    void aRefreshUnderWayIsNotBegunTwice() {
        viewModel.refresh();
        viewModel.refresh();
        work();

        assertThat(source.loads).isEqualTo(1);
    }

    @Test
    void aTypedTimeMovesTheMarkerAndSaysHowItWasTaken() {
        load();

        assertThat(viewModel.type("02:52:07")).isTrue();
        assertThat(viewModel.getTargetUtc()).isEqualTo("2026-11-23 02:52:07Z");
        assertThat(viewModel.getNotice()).isEqualTo("understood: today, taken as UTC");
    }

    @Test
    void aTypedTimeThatCannotBeRecoveredSlidesAndSaysWhy() {
        load();

        assertThat(viewModel.type("2026-11-22 21:00")).isTrue();
        assertThat(viewModel.getTargetUtc()).isEqualTo("2026-11-22 22:06:00Z");
        assertThat(viewModel.getNotice()).contains("moved 1 h 6 m later: no base ends before it");
    }

    @Test
    void whatIsNoTimeLeavesTheMarkerWhereItIs() {
        load();

        assertThat(viewModel.type("tea time")).isFalse();
        assertThat(viewModel.getTargetUtc()).isEqualTo("2026-11-23 03:52:11Z");
        assertThat(viewModel.getNotice()).contains("holds no time");
    }

    @Test
    void thePositionBeforeTheDamageIsHandedToTheRestore() {
        load();
        Mark drop =
                viewModel.state().data().marks().stream()
                        .filter(mark -> mark.label().startsWith("DROP"))
                        .findFirst()
                        .orElseThrow();
        viewModel.state().put(drop.at(), true);
        work();

        viewModel.plan();

        assertThat(planned).containsExactly(RestoreIntent.to(drop.target().orElseThrow()));
        assertThat(viewModel.command()).contains("--target-lsn 1A/5C000028 --exclusive");
    }

    @Test
    void nothingIsPlannedBeforeAnythingWasFound() {
        viewModel.plan();

        assertThat(viewModel.isPlanAllowed()).isFalse();
        assertThat(planned).isEmpty();
    }

    @Test
    void theTableNamesEverythingAndPutsTheMarkerThere() {
        load();
        EventTable.Row point =
                viewModel.events().rows().stream()
                        .filter(row -> row.what().contains("before_release_812"))
                        .findFirst()
                        .orElseThrow();

        viewModel.events().aim(point);

        assertThat(viewModel.events().rows()).hasSize(8 + 1 + 1 + 1);
        assertThat(viewModel.getTargetUtc()).isEqualTo("2026-11-23 02:11:00Z");
    }

    @Test
    void theTableSaysWhatCannotBeRecovered() {
        source.data = SampleTimelines.torn();
        load();

        assertThat(viewModel.events().rows())
                .filteredOn(row -> row.what().startsWith("orders"))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.obstacle())
                                        .hasValueSatisfying(
                                                why -> assertThat(why).contains("gap")));
    }

    @Test
    void commitsThatWereReadAreSnappedToAndStoppedAtByPosition() {
        load();
        viewModel.state().put(at("2026-11-23T02:30:00Z"), false);
        viewModel.fineTune().open();
        work();
        NearCommit chosen = viewModel.fineTune().commits().get(100);

        viewModel.fineTune().stop(chosen, false);

        assertThat(viewModel.state().marker().orElseThrow().recovery())
                .isEqualTo(
                        new RecoveryTarget(
                                TargetKind.LSN,
                                chosen.start().toString(),
                                false,
                                Optional.empty()));
        assertThat(viewModel.state().commits().size()).isEqualTo(400);
        viewModel.snapTo(SnapTo.EVERYTHING);
    }

    @Test
    void whatCommitsTouchedFollowsThem() {
        load();
        viewModel.state().put(at("2026-11-23T02:30:00Z"), false);
        viewModel.fineTune().open();
        while (viewModel.fineTune().commits().isEmpty()) {
            background.remove().run();
        }
        NearCommit chosen = viewModel.fineTune().commits().get(100);
        assertThat(viewModel.fineTune().touched(chosen).relations()).isEmpty();
        assertThat(viewModel.fineTune().namingProperty().get())
                .isEqualTo(FineTuneViewModel.Naming.UNDER_WAY);

        work();

        assertThat(viewModel.fineTune().touched(chosen).relationsText()).isNotEmpty();
        assertThat(viewModel.fineTune().touched(chosen).rowsText()).isNotEmpty();
        assertThat(viewModel.fineTune().namingProperty().get())
                .isEqualTo(FineTuneViewModel.Naming.DONE);
    }

    @Test
    void commitsThatDoNotReachTheMarkerAreSaidToBeOutdated() {
        load();
        viewModel.state().put(at("2026-11-23T02:30:00Z"), false);
        viewModel.fineTune().open();
        work();

        viewModel.state().put(at("2026-11-23T01:30:00Z"), false);

        assertThat(viewModel.fineTune().outdatedProperty().get()).isTrue();
    }

    @Test
    void walThatCannotBeReadLeavesTheProblem() {
        load();
        source.unreadable = FakeServices.unreachable();
        viewModel.fineTune().open();
        work();

        assertThat(viewModel.fineTune().problemProperty().get())
                .isEqualTo(FakeServices.unreachable());
        assertThat(viewModel.fineTune().commits()).isEmpty();
    }

    @Test
    void whatHurtIsMarkedAndAimedAtByThePositionBeforeTheWholeAct() {
        load();
        viewModel.finder().search(false, "", Optional.empty());
        work();

        Damage drop = viewModel.finder().found().getLast();
        viewModel.finder().aim(drop);

        assertThat(viewModel.state().data().marks())
                .filteredOn(mark -> mark.kind() == Mark.Kind.DAMAGE)
                .extracting(Mark::label)
                .containsExactly(
                        "DELETE 48\u202f210 rows of public.invoices", "DROP public.orders");
        assertThat(viewModel.state().marker().orElseThrow().recovery())
                .isEqualTo(
                        new RecoveryTarget(TargetKind.LSN, "1A/5C000028", false, Optional.empty()));
    }

    @Test
    void openingTheFinderSearchesOnceAsSoonAsItIsKnownWhatThereIs() {
        viewModel.finder().open();
        assertThat(source.requests).isEmpty();

        load();
        viewModel.finder().open();
        load();

        assertThat(source.requests).hasSize(1);
        assertThat(viewModel.finder().found()).hasSize(2);
    }

    @Test
    void aRefreshKeepsWhatWasFound() {
        load();
        viewModel.finder().search(false, "", Optional.empty());
        work();
        load();

        assertThat(viewModel.state().data().marks())
                .filteredOn(mark -> mark.kind() == Mark.Kind.DAMAGE)
                .hasSize(2);
    }

    @Test
    void aSearchThatCouldNotReadAllSaysSo() {
        source.complete = false;
        load();
        viewModel.finder().search(false, "", Optional.empty());
        work();

        assertThat(viewModel.finder().statusProperty().get()).contains("could not be read");
        assertThat(viewModel.state().damageNote()).contains("could not be read");
    }

    @Test
    void aSearchOfOneRelationLooksAtEveryRowOfWhatIsShown() {
        load();
        viewModel.finder().search(true, " orders ", Optional.of(HarmKind.DELETE));
        work();

        FindRequest request = source.requests.getLast();
        assertThat(request.relation()).contains("orders");
        assertThat(request.kinds()).containsExactly(HarmKind.DELETE);
        assertThat(request.fewestRows()).isEqualTo(1);
        assertThat(request.from()).isPresent();
    }
}
