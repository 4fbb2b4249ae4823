package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Sheet;
import dev.lifeboat.ui.help.HelpPage;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.List;

/** The sheets one can pull up: shortcuts, help. */
final class Sheets {
    private Sheets() {}

    /** Every shortcut and what it does. */
    static Parent shortcuts(List<Action> actions, Runnable close) {
        var grid = new GridPane();
        grid.getStyleClass().add("shortcut-grid");
        int row = 0;
        for (Action action : actions) {
            if (action.keys().isEmpty()) {
                continue;
            }
            var keys = new Label(action.keys());
            keys.getStyleClass().add("key-cap");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            grid.addRow(row++, keys, new Label(action.title()));
        }
        return new Sheet(Messages.text("shortcuts.title"), grid, close);
    }

    /** The page of the manual on a place, and what holds everywhere. */
    static Parent help(String page, Runnable close) {
        var pages = new VBox(HelpPage.of(page), HelpPage.of("start"));
        return new Sheet(Messages.text("help.title"), pages, close);
    }
}
