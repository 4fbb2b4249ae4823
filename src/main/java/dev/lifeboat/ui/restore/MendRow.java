package dev.lifeboat.ui.restore;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A way to mend something: a button that does it, or the command that somebody runs. */
final class MendRow extends VBox {
    /**
     * @param mending what the button does; of no account for a command
     */
    MendRow(Mend mend, Runnable mending) {
        getStyleClass().add("mend");
        if (mend.kind() == Mend.Kind.COMMAND) {
            var title = new Label(Messages.text("mend.command"));
            title.getStyleClass().add("overline");
            getChildren().addAll(title, MonoText.block(mend.command()));
        } else {
            var button = new Button(Words.mend(mend.kind()));
            button.setMinWidth(USE_PREF_SIZE);
            button.getStyleClass().add("mend-button");
            button.setOnAction(_ -> mending.run());
            getChildren().add(button);
        }
    }
}
