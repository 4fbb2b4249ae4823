package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.control.WrappingFlow;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.Optional;
import java.util.function.Consumer;

/** One line of the checklist: what was measured against what is needed, and what to do about it. */
final class CheckRow extends BorderPane {
    private final VBox body = new VBox();
    private final WrappingFlow head;

    /**
     * Work that is done for who vouches.
     *
     * @param with takes the name that was typed
     */
    record Help(String label, Consumer<String> with) {}

    /**
     * @param name who vouched for an item before; stands in the field to be typed over
     * @param settle takes the name or reason that was typed
     * @param help what is offered beside that
     */
    CheckRow(CheckItem item, String name, Consumer<String> settle, Optional<Help> help) {
        getStyleClass().addAll("check-row", "check-line", Words.role(item.state()).styleClass());
        var badge = new StatusBadge(Words.role(item.state()), Words.check(item.state()));
        badge.getStyleClass().add("check-badge");
        var title = new Label(Words.item(item.id()));
        title.getStyleClass().add("strong");
        title.setMinWidth(USE_PREF_SIZE);
        head = new WrappingFlow(title, muted(measured(item)));
        head.getStyleClass().add("check-head");
        body.getStyleClass().add("check-body");
        body.getChildren().add(head);
        setLeft(badge);
        setCenter(body);
        if (item.state() != CheckItem.State.OK && !item.remedy().isEmpty()) {
            add(muted(Words.remedy(item)));
        }
        item.settledBy()
                .filter(_ -> item.state() == CheckItem.State.WARNING)
                .ifPresent(reason -> add(muted(Messages.text("check.because", reason))));
        if (asks(item)) {
            add(question(item, name, settle, help));
        }
    }

    /** Adds when a person settled it. */
    void said(String when) {
        head.getChildren().add(muted(Messages.text("check.said", when)));
    }

    /** Adds what belongs to the item, below it. */
    void add(Node node) {
        body.getChildren().add(node);
    }

    private static String measured(CheckItem item) {
        return item.state() == CheckItem.State.OK && item.measured().equals(item.needed())
                ? item.measured()
                : Messages.text("check.measured", item.measured(), item.needed());
    }

    /**
     * Whether a person can settle it: a name for what is human, a reason for what may be risked.
     */
    private static boolean asks(CheckItem item) {
        boolean human = item.kind() == CheckItem.Kind.HUMAN && item.state() == CheckItem.State.OPEN;
        boolean risk = item.state() == CheckItem.State.BLOCKED && item.overridable();
        return human || risk;
    }

    private static FlowPane question(
            CheckItem item, String name, Consumer<String> settle, Optional<Help> help) {
        boolean human = item.kind() == CheckItem.Kind.HUMAN;
        var field = new TextField(human ? name : "");
        field.setPromptText(Messages.text(human ? "check.name" : "check.reason"));
        field.setAccessibleText(field.getPromptText() + ", " + Words.item(item.id()));
        field.setPrefColumnCount(human ? 14 : 30);
        field.setId((human ? "attest-" : "override-") + item.id());
        field.setOnAction(_ -> settle.accept(field.getText()));
        var row = new FlowPane(field);
        help.ifPresent(
                offered -> {
                    Button button = button(offered.label(), field, offered.with());
                    button.setId("help-" + item.id());
                    row.getChildren().add(button);
                });
        String settled = Messages.text(human ? "check.attest" : "check.override");
        row.getChildren().add(button(settled, field, settle));
        row.getStyleClass().add("check-question");
        return row;
    }

    private static Button button(String label, TextField field, Consumer<String> action) {
        var button = new Button(label);
        button.setMinWidth(USE_PREF_SIZE);
        button.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> field.getText().isBlank(), field.textProperty()));
        button.setOnAction(_ -> action.accept(field.getText()));
        return button;
    }

    private static Label muted(String text) {
        var label = new Label(text);
        label.getStyleClass().add("muted");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
