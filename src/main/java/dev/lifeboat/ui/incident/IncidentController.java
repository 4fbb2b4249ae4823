package dev.lifeboat.ui.incident;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.CommandProblem;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.theme.Role;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.Locale;
import java.util.Optional;

/** Binds incident.fxml: what is preserved first, then the three ways back. */
public final class IncidentController {
    private final ScreenContext context;
    private final Runnable close;

    @FXML private VBox steps;
    @FXML private ProblemPanel problem;
    @FXML private FlowPane ways;

    IncidentController(ScreenContext context, Runnable close) {
        this.context = context;
        this.close = close;
    }

    @FXML
    private void initialize() {
        for (PreserveStep step : PreserveStep.values()) {
            steps.getChildren().add(step(step));
        }
        steps.getChildren().add(new SalvageStep(context, problem).node());
        steps.getChildren().add(advice());
        ways.getChildren()
                .addAll(
                        way("restore.choice.latest", "restore.choice.latest.text", this::latest),
                        way("restore.choice.time", "restore.choice.time.text", this::exact),
                        way("restore.choice.base", "restore.choice.base.text", this::base));
    }

    /** Of the button that does a step. */
    static String id(PreserveStep step) {
        return "preserve-" + step.name().toLowerCase(Locale.ROOT);
    }

    private Node step(PreserveStep step) {
        var badge = new StatusBadge(Role.MUTED, Messages.text("incident.notYet"));
        badge.getStyleClass().add("step-badge");
        var button = new Button(Messages.text("incident.do"));
        button.setId(id(step));
        button.setAccessibleText(step.title());
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(
                _ -> {
                    button.setDisable(true);
                    badge.show(Role.INFO, Messages.text("incident.running"));
                    context.jobs()
                            .start(
                                    step.title(),
                                    step.words(context.times().clock().instant()),
                                    ended -> ended(ended, badge, button),
                                    cause -> {
                                        button.setDisable(false);
                                        badge.show(Role.DANGER, Messages.text("incident.failed"));
                                        problem.setProblem(cause);
                                    });
                });
        return row(badge, step.title(), step.text(), Optional.of(button));
    }

    private void ended(Jobs.Ended ended, StatusBadge badge, Button button) {
        Optional<dev.lifeboat.kernel.Problem> failed = CommandProblem.of(ended);
        button.setDisable(false);
        if (failed.isEmpty()) {
            button.setText(Messages.text("incident.again"));
            String at =
                    context.times().utc(context.times().clock().instant()).substring(11, 16) + "Z";
            badge.show(Role.OK, Messages.text("incident.doneAt", at));
        } else {
            badge.show(Role.DANGER, Messages.text("incident.failed"));
        }
        problem.setProblem(failed.orElse(null));
    }

    /** What no program can do: nobody may tidy up. */
    private static Node advice() {
        var badge = new StatusBadge(Role.WARN, Messages.text("incident.yours"));
        badge.getStyleClass().add("step-badge");
        return row(
                badge,
                Messages.text("incident.keep"),
                Messages.text("incident.keep.text"),
                Optional.empty());
    }

    static HBox row(StatusBadge badge, String name, String words, Optional<Button> button) {
        var title = new Label(name);
        title.getStyleClass().add("strong");
        title.setWrapText(true);
        title.setMinHeight(Label.USE_PREF_SIZE);
        var text = new Label(words);
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        text.setMinHeight(Label.USE_PREF_SIZE);
        var column = new VBox(title, text);
        HBox.setHgrow(column, Priority.ALWAYS);
        var row = new HBox(badge, column);
        row.getStyleClass().add("incident-step");
        button.ifPresent(row.getChildren()::add);
        return row;
    }

    private Button way(String key, String more, Runnable action) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().add("strong");
        var text = new Label(Messages.text(more));
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        var button = new Button();
        button.setGraphic(new VBox(title, text));
        button.getStyleClass().add("choice");
        button.setAccessibleText(title.getText() + ". " + text.getText());
        button.setOnAction(
                _ -> {
                    close.run();
                    action.run();
                });
        return button;
    }

    private void latest() {
        context.navigator().restore(RestoreIntent.to(RecoveryTarget.latest()));
    }

    private void exact() {
        if (context.navigator().has(Destination.TIMELINE)) {
            context.navigator().open(Destination.TIMELINE);
        } else {
            context.navigator().open(Destination.RESTORE);
        }
    }

    private void base() {
        context.navigator()
                .restore(
                        RestoreIntent.to(
                                new RecoveryTarget(
                                        TargetKind.IMMEDIATE, "", true, Optional.empty())));
    }

    @FXML
    private void onClose() {
        close.run();
    }
}
