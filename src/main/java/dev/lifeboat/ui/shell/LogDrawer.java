package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Copying;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.controlsfx.control.SegmentedButton;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The program's log under the screens: levels, search, follow, copy. */
final class LogDrawer extends VBox {
    private static final Duration LOOK = Duration.ofMillis(500);
    private final LogLines lines;
    private final TimeText times;
    private final ObservableList<LogLine> shown = FXCollections.observableArrayList();
    private final ListView<LogLine> list = new ListView<>(shown);
    private final TextField find = new TextField();
    private final CheckBox follow = new CheckBox(Messages.text("log.follow"));
    private LogLine.Level least = LogLine.Level.INFO;
    private long seen = -1;

    LogDrawer(LogLines lines, TimeText times, Ticker ticker, Runnable close) {
        this.lines = lines;
        this.times = times;
        getStyleClass().add("log-drawer");
        var title = new Label(Messages.text("log.title"));
        title.getStyleClass().add("strong");
        find.setPromptText(Messages.text("log.find"));
        find.setAccessibleText(Messages.text("log.find"));
        find.textProperty().addListener((_, _, _) -> show());
        follow.setSelected(true);
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        var bar =
                new HBox(
                        title,
                        levels(),
                        find,
                        follow,
                        spring,
                        Icons.button("mdi2c-content-copy", "log.copy", this::copy),
                        Icons.button("mdi2c-close", "log.close", close));
        bar.getStyleClass().add("toolbar-row");
        list.setCellFactory(_ -> new LineCell());
        list.setPlaceholder(new Label(Messages.text("log.empty")));
        list.setAccessibleText(Messages.text("log.title"));
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(bar, list);
        visibleProperty().bind(managedProperty());
        ticker.every(LOOK, this::lookAgain);
        show();
    }

    private SegmentedButton levels() {
        var buttons = new SegmentedButton();
        var group = new ToggleGroup();
        for (LogLine.Level level : LogLine.Level.values()) {
            var button = new ToggleButton(word(level));
            button.setToggleGroup(group);
            button.setSelected(level == least);
            button.setOnAction(
                    _ -> {
                        button.setSelected(true);
                        least = level;
                        show();
                    });
            buttons.getButtons().add(button);
        }
        buttons.setToggleGroup(group);
        return buttons;
    }

    private static String word(LogLine.Level level) {
        return switch (level) {
            case INFO -> Messages.text("log.all");
            case WARN -> Messages.text("log.warnings");
            case ERROR -> Messages.text("log.errors");
        };
    }

    private void lookAgain() {
        if (isManaged() && lines.count() != seen) {
            show();
        }
    }

    private void show() {
        seen = lines.count();
        String wanted = find.getText() == null ? "" : find.getText().toLowerCase(Locale.ROOT);
        shown.setAll(
                lines.kept().stream()
                        .filter(line -> line.level().compareTo(least) >= 0)
                        .filter(line -> text(line).toLowerCase(Locale.ROOT).contains(wanted))
                        .toList());
        if (follow.isSelected()) {
            list.scrollTo(shown.size() - 1);
        }
    }

    private void copy() {
        List<LogLine> chosen = List.copyOf(list.getSelectionModel().getSelectedItems());
        Copying.copy(
                (chosen.isEmpty() ? shown : chosen)
                        .stream().map(this::text).collect(Collectors.joining("\n")));
    }

    private String text(LogLine line) {
        return times.utc(line.at()) + " " + line.level() + " " + line.source() + " " + line.text();
    }

    private static Role role(LogLine.Level level) {
        return switch (level) {
            case INFO -> Role.TEXT;
            case WARN -> Role.WARN;
            case ERROR -> Role.DANGER;
        };
    }

    private final class LineCell extends ListCell<LogLine> {
        @Override
        protected void updateItem(LogLine line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty ? null : text(line));
            getStyleClass().removeIf(name -> name.startsWith("role-"));
            if (!empty) {
                getStyleClass().add(role(line.level()).styleClass());
            }
        }
    }
}
