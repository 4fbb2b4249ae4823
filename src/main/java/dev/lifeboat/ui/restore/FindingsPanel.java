package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The findings of a restored database, one a line, what is not well first. */
final class FindingsPanel extends VBox {
    /**
     * @param when they were found, and how the copy stood
     */
    FindingsPanel(
            List<Findings.Row> rows, String when, Optional<DatabaseState> before, TimeText times) {
        getStyleClass().add("card");
        var title = new Label(Messages.text("run.findings"));
        title.getStyleClass().add("h2");
        var source =
                text(
                        before.map(
                                        state ->
                                                Messages.text(
                                                        "run.findings.before",
                                                        times.both(state.takenAt())))
                                .orElse(Messages.text("run.findings.nothing")),
                        "caption");
        getChildren().addAll(title, text(when, "strong"), source);
        rows.stream()
                .sorted(Comparator.comparingInt(FindingsPanel::order))
                .forEach(row -> getChildren().add(line(row)));
    }

    private static int order(Findings.Row row) {
        return switch (row.role()) {
            case DANGER -> 0;
            case WARN -> 1;
            default -> 2;
        };
    }

    private static FlowPane line(Findings.Row row) {
        var badge = new StatusBadge(row.role(), Words.finding(row.role()));
        badge.getStyleClass().add("check-badge");
        var name = text(row.id(), "strong");
        name.setMinWidth(USE_PREF_SIZE);
        var line = new FlowPane(badge, name, text(row.measured(), "mono"));
        if (!row.before().isEmpty()) {
            line.getChildren().add(text(Messages.text("run.findings.was", row.before()), "muted"));
        }
        if (!row.expected().isEmpty()) {
            line.getChildren()
                    .add(text(Messages.text("run.findings.expected", row.expected()), "muted"));
        }
        line.getStyleClass().add("finding");
        return line;
    }

    private static Label text(String words, String style) {
        var label = new Label(words);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
