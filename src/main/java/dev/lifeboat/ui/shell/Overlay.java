package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Dialogs;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;

/** The dimmed layer over the screens, with one dialog on it. Esc and a click beside it close it. */
final class Overlay extends StackPane implements Dialogs {
    private Runnable onClosed = () -> {};
    private Node focusBefore;

    Overlay() {
        getStyleClass().add("overlay");
        setVisible(false);
        setAlignment(Pos.TOP_CENTER);
        setOnMouseClicked(
                click -> {
                    if (click.getTarget() == this) {
                        close();
                    }
                });
    }

    @Override
    public void show(String name, Parent content, Runnable closed) {
        boolean first = !isVisible();
        close();
        if (first && getScene() != null) {
            focusBefore = getScene().getFocusOwner();
        }
        onClosed = closed;
        content.setAccessibleText(name);
        getChildren().setAll(content);
        setVisible(true);
        content.applyCss();
        Panes.firstIn(content).orElse(content).requestFocus();
    }

    @Override
    public void close() {
        if (!isVisible()) {
            return;
        }
        setVisible(false);
        getChildren().clear();
        Runnable told = onClosed;
        onClosed = () -> {};
        if (focusBefore != null) {
            focusBefore.requestFocus();
            focusBefore = null;
        }
        told.run();
    }
}
