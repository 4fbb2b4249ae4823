package dev.lifeboat.ui.incident;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.CommandProblem;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.Optional;

/** What the {@code pg_wal} of the dead server holds is archived: {@code wal salvage}. */
final class SalvageStep {
    private final ScreenContext context;
    private final ProblemPanel problem;
    private final StatusBadge badge = new StatusBadge(Role.MUTED, Messages.text("incident.notYet"));
    private final TextField directory = new TextField();
    private final Button button = new Button(Messages.text("incident.do"));
    private final VBox outcome = new VBox();

    SalvageStep(ScreenContext context, ProblemPanel problem) {
        this.context = context;
        this.problem = problem;
    }

    VBox node() {
        badge.getStyleClass().add("step-badge");
        button.setId("preserve-salvage");
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setAccessibleText(Messages.text("incident.salvage"));
        button.disableProperty()
                .bind(directory.textProperty().map(text -> text.isBlank()).orElse(true));
        button.setOnAction(_ -> salvage());
        directory.setId("salvage-directory");
        directory.setPromptText(Messages.text("incident.salvage.directory"));
        directory.setAccessibleText(Messages.text("incident.salvage.directory"));
        directory.getStyleClass().add("mono");
        directory.setOnAction(_ -> button.fire());
        outcome.getStyleClass().add("salvage-outcome");
        HBox row =
                IncidentController.row(
                        badge,
                        Messages.text("incident.salvage"),
                        Messages.text("incident.salvage.text"),
                        Optional.of(button));
        VBox column = (VBox) row.getChildren().get(1);
        column.getStyleClass().add("salvage-column");
        column.getChildren().addAll(directory, outcome);
        HBox.setHgrow(column, Priority.ALWAYS);
        return new VBox(row);
    }

    private void salvage() {
        badge.show(Role.INFO, Messages.text("incident.running"));
        outcome.getChildren().clear();
        context.jobs()
                .start(
                        Messages.text("incident.salvage"),
                        List.of("wal", "salvage", directory.getText().strip()),
                        this::ended,
                        this::failed);
    }

    private void ended(Jobs.Ended ended) {
        Optional<SalvageResult> result = SalvageResult.of(ended);
        result.ifPresent(this::show);
        Optional<Problem> why =
                result.flatMap(SalvageResult::damage).or(() -> CommandProblem.of(ended));
        if (why.isPresent()) {
            failed(why.get());
        } else {
            badge.show(Role.OK, Messages.text("incident.done"));
            problem.setProblem(null);
        }
    }

    private void failed(Problem why) {
        badge.show(Role.DANGER, Messages.text("incident.failed"));
        problem.setProblem(why);
    }

    private void show(SalvageResult result) {
        var words = new Label(result.words(context.times()));
        words.setWrapText(true);
        words.setMinHeight(Label.USE_PREF_SIZE);
        outcome.getChildren().setAll(words);
        if (result.canReachTail()) {
            outcome.getChildren()
                    .add(
                            MonoText.block(
                                    "lifeboat wal salvage '"
                                            + directory.getText().strip()
                                            + "' --with-tail"));
        }
    }
}
