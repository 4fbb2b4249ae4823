package dev.lifeboat.ui.restore;

import dev.lifeboat.ui.Messages;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Whether it is meant; and why nothing was done, where it became impossible meanwhile. */
final class RunQuestion {
    private final RunViewModel viewModel;
    private final RunText words;
    private final Parts parts;
    private RunActions asked;

    /**
     * What it is made of.
     *
     * @param card holds the others, and is hidden while nothing is asked
     * @param no takes it back
     */
    record Parts(VBox card, Label text, TextField typed, Button yes, Button no) {}

    RunQuestion(RunViewModel viewModel, RunText words, Parts parts) {
        this.viewModel = viewModel;
        this.words = words;
        this.parts = parts;
        parts.typed().setAccessibleText(Messages.text("run.confirm.id"));
        viewModel.missedProperty().addListener((_, _, missed) -> tell(missed));
        leave();
    }

    /** Takes it back. */
    void leave() {
        asked = null;
        show(parts.card(), false);
    }

    /**
     * What cannot be taken back is asked for; what removes something wants the id typed. Whoever
     * goes on pressing Enter does nothing.
     */
    void ask(RunActions action) {
        asked = action;
        TextField typed = parts.typed();
        Button yes = parts.yes();
        boolean named = action == RunActions.DISCARD || action == RunActions.ABORT;
        parts.text()
                .setText(
                        Words.consequence(
                                action, viewModel.id(), words.target(viewModel.getView().plan())));
        parts.no().setText(Messages.text("run.confirm.no"));
        typed.clear();
        show(typed, named);
        show(yes, true);
        yes.setText(Words.meant(action));
        yes.disableProperty().unbind();
        if (named) {
            typed.setPromptText(viewModel.id());
            typed.setPrefColumnCount(viewModel.id().length() + 2);
            yes.disableProperty().bind(typed.textProperty().isNotEqualTo(viewModel.id()));
        } else {
            yes.setDisable(false);
        }
        yes.setOnAction(_ -> confirm(action));
        show(parts.card(), true);
        (named ? typed : parts.no()).requestFocus();
    }

    private void confirm(RunActions action) {
        leave();
        viewModel.confirmed(action, parts.typed().getText());
    }

    /** The restore went on: a question that has no answer any more goes away and says so. */
    void update() {
        if (asked != null && !viewModel.may(asked)) {
            tell(asked);
        }
    }

    private void tell(RunActions missed) {
        if (missed == null || viewModel.getView() == null) {
            return;
        }
        Scene scene = parts.card().getScene();
        Node focus = scene == null ? null : scene.getFocusOwner();
        boolean focused = parts.typed().equals(focus) || parts.yes().equals(focus);
        asked = null;
        parts.text().setText(MissedWords.of(missed, viewModel));
        parts.no().setText(Messages.text("run.missed.close"));
        show(parts.card(), true);
        if (focused) {
            parts.no().requestFocus(); // and not what comes next on the page
        }
        show(parts.typed(), false);
        show(parts.yes(), false);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
