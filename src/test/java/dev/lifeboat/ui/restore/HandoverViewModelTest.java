package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.HandoverStep;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.restore.HandoverViewModel.Phase;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

class HandoverViewModelTest {
    private final FlowServices services = new FlowServices();
    private final ScreenContext context = Sights.context(services);
    private final RunViewModel run = new RunViewModel(context);
    private final HandoverViewModel model = new HandoverViewModel(context, run);

    @Test
    void isThereOnceItIsAskedFor() {
        show(HandoverSights.promoted());
        assertThat(phase()).isEqualTo(Phase.ABSENT);

        services.old = HandoverSights.GONE;
        model.open();

        assertThat(phase()).isEqualTo(Phase.ASKING);
        assertThat(model.getOld()).isEqualTo(HandoverSights.GONE);
    }

    @Test
    void handsOverWhatWasSettledOnceTheIdWasTyped() {
        open(HandoverSights.promoted(), HandoverSights.GONE);
        model.listenProperty().set("10.0.3.9");
        model.portProperty().set("5432");
        model.archiveProperty().set(true);
        model.fencedByProperty().set("not asked for");

        model.handOver(" " + Sights.ID + " ");

        assertThat(services.commands)
                .containsExactly(
                        List.of(
                                "restores",
                                "handover",
                                Sights.ID,
                                "--listen",
                                "10.0.3.9",
                                "--port",
                                "5432",
                                "--archive",
                                "on"));
    }

    @Test
    void handsNothingOverWhenAnotherIdWasTyped() {
        open(HandoverSights.promoted(), HandoverSights.GONE);
        model.archiveProperty().set(true);

        model.handOver("");
        model.handOver("mockupaws_20260407_150001");

        assertThat(services.commands).isEmpty();
    }

    @Test
    void handsNothingOverWhileTheOldServerTakesWritesWhoeverAnswersForIt() {
        open(HandoverSights.promoted(), HandoverSights.ALIVE);
        model.archiveProperty().set(true);
        model.fencedByProperty().set("maria");

        model.handOver(Sights.ID);

        assertThat(services.commands).isEmpty();
        assertThat(model.blockers()).singleElement().asString().contains("takes writes");
    }

    @Test
    void wantsANameWhereItIsNotKnownThatTheOldServerIsAway() {
        open(HandoverSights.promoted(), HandoverSights.UNCLEAR);
        model.archiveProperty().set(false);
        model.fencedByProperty().set("  ");
        model.handOver(Sights.ID);
        assertThat(services.commands).isEmpty();

        model.fencedByProperty().set("maria");
        model.handOver(Sights.ID);

        assertThat(services.commands.getLast())
                .containsExactly(
                        "restores",
                        "handover",
                        Sights.ID,
                        "--archive",
                        "off",
                        "--attest",
                        "old-fenced=maria");
    }

    @Test
    void handsNothingOverBeforeTheOldServerWasSeen() {
        show(HandoverSights.promoted());
        services.problem = Sights.darkRegion();
        model.open();
        services.problem = null;
        model.archiveProperty().set(true);

        model.handOver(Sights.ID);

        assertThat(services.commands).isEmpty();
        assertThat(model.getProblem()).isEqualTo(Sights.darkRegion());
    }

    @Test
    void whetherItArchivesIsChosenByAPerson() {
        open(HandoverSights.promoted(), HandoverSights.GONE);

        model.handOver(Sights.ID);

        assertThat(services.commands).isEmpty();
    }

    @Test
    void aPortThatIsNoneHoldsItUp() {
        open(HandoverSights.promoted(), HandoverSights.GONE);
        model.archiveProperty().set(true);
        for (String wrong : List.of("0", "65536", "-1", "5432x", "99999999999")) {
            model.portProperty().set(wrong);
            model.handOver(Sights.ID);
        }
        assertThat(services.commands).isEmpty();

        model.portProperty().set("65535");
        model.handOver(Sights.ID);

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void whatWasSeenForOneRestoreDoesNotHoldForAnother() {
        open(HandoverSights.promoted(), HandoverSights.GONE);
        model.archiveProperty().set(true);

        RestoreView another = another(HandoverSights.promoted());
        model.show(another);
        assertThat(phase()).isEqualTo(Phase.ABSENT);
        services.old = null;
        model.open();
        model.archiveProperty().set(true);
        model.handOver(another.id());

        assertThat(model.blockers()).isNotEmpty();
        assertThat(services.commands).isEmpty();
    }

    @Test
    void aLookThatEndsWhenAnotherRestoreIsShownIsNotTakenForIts() {
        Queue<Runnable> later = new ArrayDeque<>();
        var slow = Sights.context(services, later::add);
        var slowly = new HandoverViewModel(slow, run);
        slowly.show(HandoverSights.promoted());
        services.old = HandoverSights.GONE;
        slowly.open();

        slowly.show(another(HandoverSights.promoted()));
        later.forEach(Runnable::run);

        assertThat(slowly.getOld()).isNull();
    }

    @Test
    void goesOnWithTheSettingsThatWereWrittenBefore() {
        show(HandoverSights.stuck());
        assertThat(phase()).isEqualTo(Phase.ASKING);
        model.portProperty().set("6000");
        model.archiveProperty().set(true);

        model.handOver(Sights.ID);

        assertThat(services.commands.getLast())
                .containsSubsequence("--listen", "10.0.3.9", "--port", "5432")
                .doesNotContain("--attest");
    }

    @Test
    void showsEachStepAsTheJournalHasIt() {
        show(HandoverSights.working());
        assertThat(phase()).isEqualTo(Phase.WORKING);
        assertThat(standing(HandoverStep.ARCHIVING_PROVEN)).isEqualTo(HandoverSteps.Standing.DONE);
        assertThat(standing(HandoverStep.ANALYZED)).isEqualTo(HandoverSteps.Standing.RUNNING);
        assertThat(standing(HandoverStep.BASE_TAKEN)).isEqualTo(HandoverSteps.Standing.WAITING);

        show(HandoverSights.over(false));
        assertThat(phase()).isEqualTo(Phase.DONE);
        assertThat(standing(HandoverStep.BASE_TAKEN)).isEqualTo(HandoverSteps.Standing.LEFT_OUT);
        assertThat(HandoverSteps.reindex(model.view())).hasSize(2);
    }

    @Test
    void aRestoreThatHasNotArrivedIsNotHandedOver() {
        show(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        services.old = HandoverSights.GONE;

        model.open();

        assertThat(phase()).isEqualTo(Phase.ABSENT);
    }

    private Phase phase() {
        return model.phaseProperty().get();
    }

    private HandoverSteps.Standing standing(HandoverStep step) {
        return HandoverSteps.of(model.view()).stream()
                .filter(row -> row.step() == step)
                .findFirst()
                .orElseThrow()
                .standing();
    }

    private void open(RestoreView view, OldServer old) {
        services.old = old;
        show(view);
        model.open();
    }

    private void show(RestoreView view) {
        services.restores.clear();
        services.restores.add(view);
        run.show(Sights.ID);
        model.show(view);
    }

    private static RestoreView another(RestoreView of) {
        return new RestoreView(
                "another",
                of.state(),
                of.stage(),
                of.plan(),
                of.startedAt(),
                of.connection(),
                of.history());
    }
}
