package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.Comparator;
import java.util.List;

/** Everything that can be done, by typing a few letters of it. */
final class Palette extends VBox {
    private final List<Action> actions;
    private final Runnable close;
    private final TextField typed = new TextField();
    private final ObservableList<Action> fitting = FXCollections.observableArrayList();
    private final ListView<Action> list = new ListView<>(fitting);

    Palette(List<Action> actions, Runnable close) {
        this.actions = List.copyOf(actions);
        this.close = close;
        getStyleClass().addAll("dialog-card", "palette");
        typed.setPromptText(Messages.text("palette.prompt"));
        typed.setAccessibleText(Messages.text("palette.prompt"));
        typed.textProperty().addListener((_, _, now) -> narrow(now));
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::move);
        typed.setOnAction(_ -> act());
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new ActionCell());
        list.setOnMouseClicked(_ -> act());
        list.setPlaceholder(new Label(Messages.text("palette.nothing")));
        getChildren().addAll(typed, list);
        narrow("");
    }

    /** Where one begins to type. */
    TextField field() {
        return typed;
    }

    private void narrow(String wanted) {
        fitting.setAll(
                actions.stream()
                        .filter(action -> action.fits(wanted))
                        .sorted(Comparator.comparingInt(action -> action.distance(wanted)))
                        .toList());
        list.getSelectionModel().selectFirst();
    }

    private void move(KeyEvent pressed) {
        if (pressed.getCode() == KeyCode.DOWN) {
            list.getSelectionModel().selectNext();
        } else if (pressed.getCode() == KeyCode.UP) {
            list.getSelectionModel().selectPrevious();
        } else {
            return;
        }
        list.scrollTo(list.getSelectionModel().getSelectedIndex());
        pressed.consume();
    }

    private void act() {
        Action chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            close.run();
            chosen.run().run();
        }
    }

    private static final class ActionCell extends ListCell<Action> {
        private final HBox row = new HBox();
        private final Label title = new Label();
        private final Label keys = new Label();

        ActionCell() {
            row.getStyleClass().add("palette-row");
            keys.getStyleClass().add("key-cap");
            var spring = new Region();
            HBox.setHgrow(spring, Priority.ALWAYS);
            row.getChildren().addAll(title, spring, keys);
        }

        @Override
        protected void updateItem(Action action, boolean empty) {
            super.updateItem(action, empty);
            setGraphic(empty ? null : row);
            if (!empty) {
                title.setText(action.title());
                title.setGraphic(Icons.of(action.icon(), "muted"));
                keys.setText(action.keys());
                keys.setVisible(!action.keys().isEmpty());
            }
        }
    }
}
