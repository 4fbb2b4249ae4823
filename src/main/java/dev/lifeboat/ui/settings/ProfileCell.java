package dev.lifeboat.ui.settings;

import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.settings.SettingsViewModel.Choice;

import javafx.scene.control.ListCell;

/** A profile in the list; a tick stands before the one in use. */
final class ProfileCell extends ListCell<Choice> {
    @Override
    protected void updateItem(Choice choice, boolean empty) {
        super.updateItem(choice, empty);
        if (empty || choice == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        setText(choice.toString());
        setWrapText(true);
        setPrefWidth(0);
        String icon =
                choice.inUse()
                        ? "mdi2c-check-circle"
                        : choice.name().isPresent() ? "mdi2d-database-outline" : "mdi2c-console";
        setGraphic(Icons.of(icon, "muted"));
    }
}
