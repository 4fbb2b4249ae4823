package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.TargetKind;

import org.junit.jupiter.api.Test;

import java.util.List;

class RunViewModelTest {
    private final FlowServices services = new FlowServices();
    private final RunViewModel model = new RunViewModel(Sights.context(services));

    @Test
    void showsARestoreThatAnotherProcessStarted() {
        services.restores.add(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        services.sample = Sights.fetching();

        model.show(Sights.ID);

        assertThat(model.getView().state()).isEqualTo(RestoreState.RUNNING);
        assertThat(model.sample()).contains(Sights.fetching());
        assertThat(model.getLog()).hasSameSizeAs(Sights.upToFetch());
    }

    @Test
    void aJobThatIsNotThereYetIsNoProblem() {
        model.show("about_to_be_made");

        assertThat(model.getView()).isNull();
        assertThat(model.getProblem()).isNull();
    }

    @Test
    void tellsWhyAProcessEndedBeforeThereWasAJob() {
        services.exitCode = 5;
        services.results =
                List.of(
                        "{\"problem\":{\"code\":\"PLAN_OUTDATED\",\"what\":\"The world changed.\","
                                + "\"why\":\"A base is gone.\",\"remedy\":\"Plan again.\"}}");

        model.start("x", List.of("restore", "--from-plan", "f"));

        assertThat(model.getProblem().code()).isEqualTo(ProblemCode.PLAN_OUTDATED);
        assertThat(model.getBusy()).isEmpty();
    }

    @Test
    void aRestoreThatWasKilledIsToBeResumed() {
        services.exitCode = 137;

        model.start("x", List.of("restore", "--from-plan", "f"));

        assertThat(model.getProblem().why()).isEqualTo("It was ended from outside (signal 9).");
        assertThat(model.getProblem().remedy()).startsWith("Resume it");
    }

    @Test
    void aProcessThatSaidNothingIsStillAProblem() {
        services.exitCode = 70;

        model.start("x", List.of("restore", "--from-plan", "f"));

        assertThat(model.getProblem().what()).contains("70");
    }

    @Test
    void goesOnToALaterTargetByTheCommand() {
        services.restores.add(Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        model.show(Sights.ID);

        model.advance(TargetKind.TIME, "2026-04-07 02:40:00", true);

        assertThat(services.commands)
                .containsExactly(
                        List.of(
                                "restores",
                                "advance",
                                Sights.ID,
                                "--target-time",
                                "2026-04-07T02:40:00Z",
                                "--exclusive"));
    }

    @Test
    void aTargetTypedWrongStartsNothing() {
        services.restores.add(Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        model.show(Sights.ID);

        model.advance(TargetKind.TIME, "half past two", false);

        assertThat(services.commands).isEmpty();
        assertThat(model.getProblem().code()).isEqualTo(ProblemCode.TIME_UNREADABLE);
    }

    @Test
    void offersNothingThatTheStateDoesNotAllow() {
        services.restores.add(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        model.show(Sights.ID);

        model.act(RunActions.PROMOTE, List.of());
        model.discard(Sights.ID);

        assertThat(services.commands).isEmpty();
    }

    @Test
    void tellsWhyItWasInterrupted() {
        services.restores.add(Sights.failed());

        model.show(Sights.ID);

        assertThat(model.failure().orElseThrow().code()).isEqualTo(ProblemCode.NO_SPACE);
    }

    @Test
    void removesAnAbortedRestoreOnlyOnceItsProcessIsGone() {
        services.restores.add(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        model.show(Sights.ID);

        model.abort(Sights.ID);
        assertThat(services.commands).containsExactly(List.of("restores", "stop", Sights.ID));

        services.restores.set(0, Sights.view(RestoreState.INTERRUPTED, Sights.upToFetch()));
        model.activate();
        assertThat(services.commands.getLast())
                .containsExactly("restores", "discard", Sights.ID, "--confirm", Sights.ID);
        assertThat(services.commands).hasSize(2);
    }

    @Test
    void keepsARestoreThatArrivedWhileItWasToBeAborted() {
        services.restores.add(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        model.show(Sights.ID);
        model.abort(Sights.ID);

        services.restores.set(0, Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        model.activate();

        assertThat(services.commands).hasSize(1);
        assertThat(model.missedProperty().get()).isEqualTo(RunActions.ABORT);
    }

    @Test
    void saysSoWhenWhatIsMeantCannotBeDoneAnyMore() {
        services.restores.add(Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        model.show(Sights.ID);

        model.confirmed(RunActions.ABORT, Sights.ID);

        assertThat(services.commands).isEmpty();
        assertThat(model.missedProperty().get()).isEqualTo(RunActions.ABORT);
        assertThat(MissedWords.of(RunActions.ABORT, model))
                .isEqualTo("It has paused meanwhile: nothing was aborted.");
    }

    @Test
    void abortsNothingWhenAnotherIdWasTypedOrTheStopWasRefused() {
        services.restores.add(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        model.show(Sights.ID);
        model.abort("another");
        assertThat(services.commands).isEmpty();

        services.exitCode = 1;
        model.abort(Sights.ID);
        services.restores.set(0, Sights.view(RestoreState.INTERRUPTED, Sights.upToFetch()));
        model.activate();

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void aRestoreShownAnewIsNotAbortedByAnEarlierWish() {
        services.restores.add(Sights.view(RestoreState.RUNNING, Sights.upToFetch()));
        model.show(Sights.ID);
        model.abort(Sights.ID);

        services.restores.set(0, Sights.view(RestoreState.INTERRUPTED, Sights.upToFetch()));
        model.show(Sights.ID);

        assertThat(services.commands).hasSize(1);
    }
}
