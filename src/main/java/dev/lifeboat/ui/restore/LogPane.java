package dev.lifeboat.ui.restore;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.theme.Role;

import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;

import java.util.stream.Collectors;

/** The log's list: filtered by level and words, and following its end while wanted. */
final class LogPane {
    private final FilteredList<LogLine> shown;

    LogPane(
            ListView<LogLine> list,
            ObservableList<LogLine> lines,
            ComboBox<LogLine.Level> level,
            TextField words,
            CheckBox follow) {
        this.shown = new FilteredList<>(lines);
        level.getItems().setAll(LogLine.Level.values());
        level.setConverter(Words.shown(Words::level));
        level.setValue(LogLine.Level.INFO);
        level.setAccessibleText(Messages.text("run.log.level"));
        words.setAccessibleText(Messages.text("run.log.find"));
        list.setAccessibleText(Messages.text("run.log"));
        list.setItems(shown);
        list.setCellFactory(_ -> new Cell());
        Runnable filter =
                () -> shown.setPredicate(line -> line.passes(level.getValue(), words.getText()));
        level.valueProperty().addListener((_, _, _) -> filter.run());
        words.textProperty().addListener((_, _, _) -> filter.run());
        shown.addListener(
                (ListChangeListener<LogLine>)
                        _ -> {
                            if (follow.isSelected() && !shown.isEmpty()) {
                                toEnd(list);
                            }
                        });
    }

    /** Once the list itself has heard of its new lines. */
    private static void toEnd(ListView<LogLine> list) {
        Platform.runLater(() -> list.scrollTo(list.getItems().size() - 1));
    }

    /** What is shown, as text. */
    String text() {
        return shown.stream()
                .map(line -> line.time() + " " + line.level() + " " + line.text())
                .collect(Collectors.joining("\n"));
    }

    private static final class Cell extends ListCell<LogLine> {
        Cell() {
            getStyleClass().add("log-cell");
        }

        @Override
        protected void updateItem(LogLine line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().removeAll(Role.WARN.styleClass(), Role.DANGER.styleClass());
            setGraphic(null);
            setText(null);
            if (empty || line == null) {
                return;
            }
            setText(line.time() + "  " + line.text());
            if (line.level() != LogLine.Level.INFO) {
                Role role = line.level() == LogLine.Level.WARN ? Role.WARN : Role.DANGER;
                getStyleClass().add(role.styleClass());
                setGraphic(Icons.of(role.glyph(), "in-role"));
            }
        }
    }
}
