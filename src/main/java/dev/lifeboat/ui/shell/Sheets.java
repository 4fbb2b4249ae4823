package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.help.HelpPage;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
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
        return sheet(Messages.text("shortcuts.title"), grid, close);
    }

    /** The page of the manual on a place, and what holds everywhere. */
    static Parent help(String page, Runnable close) {
        var pages = new VBox(HelpPage.of(page), HelpPage.of("start"));
        return sheet(Messages.text("help.title"), pages, close);
    }

    private static Parent sheet(String title, Node content, Runnable close) {
        var name = new Label(title);
        name.getStyleClass().add("h2");
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        var head = new HBox(name, spring, Icons.button("mdi2c-close", "dialog.close", close));
        head.getStyleClass().add("toolbar-row");
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("sheet-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var sheet = new VBox(head, scroll);
        sheet.getStyleClass().addAll("dialog-card", "sheet");
        return sheet;
    }
}
