package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

import java.util.List;
import java.util.Locale;

/** What can be decided about a restore, always in sight. */
final class RunBar {
    private final RunViewModel viewModel;
    private final Ways ways;
    private final FlowPane actions;
    private final RunQuestion question;
    private RestoreState madeFor;

    /**
     * What is done elsewhere.
     *
     * @param bringBack leads to where rows are brought back into the live database
     * @param handOver opens the checklist of the handover
     */
    record Ways(Runnable bringBack, Runnable handOver, Runnable copyStatus) {}

    RunBar(RunViewModel viewModel, Ways ways, FlowPane actions, RunQuestion question) {
        this.viewModel = viewModel;
        this.ways = ways;
        this.actions = actions;
        this.question = question;
        viewModel.busyProperty().addListener((_, _, _) -> makeAnew());
    }

    /** Another restore is shown. */
    void forget() {
        question.leave();
        madeFor = null;
    }

    /** Other commands run. */
    private void makeAnew() {
        madeFor = null;
        if (viewModel.getView() != null) {
            update(viewModel.getView());
        }
    }

    void update(RestoreView view) {
        question.update();
        if (view.state() == madeFor) {
            return;
        }
        madeFor = view.state();
        actions.getChildren().clear();
        for (RunActions action : RunActions.values()) {
            if (action.allowedIn(view.state()) && action != RunActions.ADVANCE) {
                actions.getChildren().add(button(action));
            }
        }
        if (RescueViewModel.isAllowed(view)) {
            Button rescue = way("act.rescue", ways.bringBack());
            rescue.setId("act-rescue");
            actions.getChildren().add(view.state() == RestoreState.PAUSED ? 1 : 0, rescue);
        }
        actions.getChildren().add(way("run.copyStatus", ways.copyStatus()));
        if (!viewModel.getBusy().isEmpty()) {
            var busy = new Label(Messages.text("run.busy", viewModel.getBusy()));
            busy.getStyleClass().add("caption");
            actions.getChildren().add(busy);
        }
    }

    private static Button way(String key, Runnable leads) {
        var button = new Button(Messages.text(key));
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(_ -> leads.run());
        return button;
    }

    private Button button(RunActions action) {
        var button = new Button(Words.act(action));
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setId("act-" + action.name().toLowerCase(Locale.ROOT));
        button.setDisable(!viewModel.may(action));
        if (action == RunActions.RESUME || action == RunActions.PROMOTE) {
            button.getStyleClass().add("accent");
        }
        button.setOnAction(_ -> act(action));
        return button;
    }

    private void act(RunActions action) {
        switch (action) {
            case ABORT, PROMOTE, SHUT_DOWN, DISCARD -> question.ask(action);
            case HANDOVER -> ways.handOver().run();
            default -> viewModel.act(action, List.of());
        }
    }
}
