package dev.lifeboat.ui.control;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Something to read above the screens: its title, what closes it, and the text, which scrolls. */
public final class Sheet extends VBox {
    /**
     * @param close what its button does
     */
    public Sheet(String title, Node content, Runnable close) {
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
        getChildren().addAll(head, scroll);
        getStyleClass().addAll("dialog-card", "sheet");
    }
}
