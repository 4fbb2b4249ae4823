package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.PlanJson;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.CardGrid;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.control.MonoText;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.List;

/** What the pages of both kinds of plan are built of. */
final class PlanParts {
    private static final double COLUMN_EM = 30;

    private PlanParts() {}

    /** The card on top: where it leads, what one gets and loses and how, and what to know. */
    static VBox headline(RestorePlan plan, String target, String get, String lose, String how) {
        var card =
                new VBox(
                        identity(plan, target),
                        answer("plan.get", get, "role-ok"),
                        answer("plan.lose", lose, "role-danger"),
                        answer("plan.how", how, "role-info"));
        card.getStyleClass().add("card");
        plan.notes().forEach(note -> card.getChildren().add(note(note)));
        return card;
    }

    private static Node identity(RestorePlan plan, String words) {
        var id = new MonoText(plan.id());
        var digest =
                new Label(Messages.text("plan.digest", PlanJson.digest(plan).substring(0, 12)));
        digest.getStyleClass().addAll("caption");
        digest.setMinWidth(Label.USE_PREF_SIZE);
        var target = new Label(words);
        target.getStyleClass().add("strong");
        target.setWrapText(true);
        target.setMinHeight(Label.USE_PREF_SIZE);
        var row = new FlowPane(id, digest);
        row.getStyleClass().add("toolbar-row");
        return new VBox(target, row);
    }

    /** What will be done beside what will not. */
    static CardGrid columns(List<String> will, List<String> willNot) {
        var columns = new CardGrid();
        columns.setLeastEm(COLUMN_EM);
        columns.setCards(
                List.of(
                        list("plan.will", will, "mdi2c-check"),
                        list("plan.willNot", willNot, "mdi2m-minus-circle-outline")));
        return columns;
    }

    private static VBox list(String key, List<String> lines, String icon) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().add("h2");
        var box = new VBox(title);
        box.getStyleClass().addAll("card", "plan-column");
        lines.forEach(line -> box.getChildren().add(line(icon, line)));
        return box;
    }

    private static HBox line(String icon, String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        HBox.setHgrow(label, Priority.ALWAYS);
        var row = new HBox(Icons.of(icon, "muted"), label);
        row.getStyleClass().add("plan-line");
        return row;
    }

    private static HBox note(String text) {
        HBox row = line("mdi2a-alert", text);
        row.getStyleClass().addAll("plan-note", "role-warn");
        row.getChildren().getFirst().getStyleClass().add("in-role");
        return row;
    }

    private static VBox answer(String key, String text, String role) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().addAll("overline", "in-role", role);
        var words = new Label(text);
        words.setWrapText(true);
        words.setMinHeight(Label.USE_PREF_SIZE);
        var box = new VBox(title, words);
        box.getStyleClass().add("plan-answer");
        return box;
    }

    /** The command that means the same. */
    static Node command(String command) {
        var title = new Label(Messages.text("plan.command"));
        title.getStyleClass().add("overline");
        var box = new VBox(title, MonoText.block(command));
        box.getStyleClass().add("plan-answer");
        return box;
    }
}
