package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.ui.ScreenContext;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What can be done with a restore while commands of this window work on it. */
class RunOrdersTest {
    private final FlowServices services = new FlowServices();
    private final HeldWork work = new HeldWork();
    private final ScreenContext context = Sights.context(services, work);
    private final RunViewModel model = new RunViewModel(context);

    @BeforeEach
    void interrupted() {
        services.restores.add(Sights.failed());
        model.show(Sights.ID);
    }

    private void stands(RestoreState state, List<Event> events) {
        services.restores.set(0, Sights.view(state, events));
        model.activate();
    }

    private void resumed() {
        work.during(() -> model.act(RunActions.RESUME, List.of()));
        stands(RestoreState.RUNNING, Sights.upToFetch());
    }

    @Test
    void aRestoreOfThisWindowCanBeStoppedAndAborted() {
        resumed();

        assertThat(model.getBusy()).isEqualTo("lifeboat restores resume " + Sights.ID);
        assertThat(model.may(RunActions.STOP)).isTrue();
        assertThat(model.may(RunActions.ABORT)).isTrue();
    }

    @Test
    void whatIsBeingStoppedIsNotStoppedAgain() {
        resumed();

        work.during(() -> model.act(RunActions.STOP, List.of()));

        assertThat(model.may(RunActions.STOP)).isFalse();
        assertThat(model.may(RunActions.ABORT)).isFalse();
    }

    @Test
    void nothingElseChangesACopyThatACommandWorksOn() {
        stands(RestoreState.PAUSED, Sights.upToPause());
        work.during(() -> model.act(RunActions.ADVANCE, List.of("--target", "latest")));

        model.show("another");
        model.show(Sights.ID);

        assertThat(List.of(RunActions.values())).noneMatch(model::may);
        assertThat(model.getBusy()).startsWith("lifeboat restores advance");
        model.act(RunActions.PROMOTE, List.of());
        work.goOn();
        assertThat(services.commands).hasSize(1);
        assertThat(model.may(RunActions.PROMOTE)).isTrue();
    }

    @Test
    void aPromotionIsSeenThrough() {
        stands(RestoreState.PAUSED, Sights.upToPause());
        work.during(() -> model.act(RunActions.PROMOTE, List.of()));
        stands(RestoreState.RUNNING, Sights.upToPause());

        assertThat(List.of(RunActions.values())).noneMatch(model::may);
    }

    @Test
    void rowsAreBroughtBackFromACopyThatStaysAsItIs() {
        stands(RestoreState.PAUSED, Sights.upToPause());
        var rescue = new RescueViewModel(context);
        rescue.show(model.getView(), model.before());
        rescue.tablesProperty().set("scenario_logs");
        work.during(rescue::compare);

        assertThat(List.of(RunActions.values())).noneMatch(model::may);
        assertThat(model.getBusy()).startsWith("lifeboat rescue");
    }

    @Test
    void noRowsAreComparedWithACopyThatGoesOn() {
        stands(RestoreState.PAUSED, Sights.upToPause());
        var rescue = new RescueViewModel(context);
        rescue.show(model.getView(), model.before());
        rescue.tablesProperty().set("scenario_logs");
        assertThat(rescue.canCompare()).isTrue();

        work.during(() -> model.act(RunActions.PROMOTE, List.of()));

        assertThat(rescue.canCompare()).isFalse();
    }

    @Test
    void anAbortedRestoreOfThisWindowIsRemovedOnceItsCommandIsOver() {
        resumed();
        model.abort(Sights.ID);
        stands(RestoreState.INTERRUPTED, Sights.upToFetch());
        assertThat(services.commands).containsExactly(List.of("restores", "stop", Sights.ID));

        services.exitCode = 8; // of the restore that was stopped
        work.goOn();

        assertThat(services.commands.getLast())
                .containsExactly("restores", "discard", Sights.ID, "--confirm", Sights.ID);
    }
}
