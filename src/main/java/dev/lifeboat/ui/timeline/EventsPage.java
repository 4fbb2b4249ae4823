package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.EmProbe;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.timeline.EventTable.Row;
import dev.lifeboat.ui.timeline.model.Micros;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.function.Function;

/** The table of everything in the picture. Enter or a double click puts the marker there. */
final class EventsPage {
    /** A whole instant is the one thing that must not be cut off. */
    private static final double INSTANT_EM = 13;

    private final VBox root = new VBox();
    private final TableView<Row> table = new TableView<>();

    EventsPage(EventTable events, TimeText times) {
        var title = new Label(Messages.text("timeline.events"));
        title.getStyleClass().add("h2");
        var hint = new Label(Messages.text("timeline.events.hint"));
        hint.getStyleClass().add("caption");
        hint.setWrapText(true);
        table.setItems(events.rows());
        table.getStyleClass().addAll("timeline-table", "may-shorten");
        table.setAccessibleText(Messages.text("timeline.events"));
        table.setPlaceholder(new Label(Messages.text("timeline.events.none")));
        column("timeline.column.utc", 0.16, "mono", row -> times.utc(Micros.instant(row.at())));
        column("timeline.column.kind", 0.13, "", Row::kind);
        column("timeline.column.what", 0.41, "", Row::what);
        column(
                "timeline.column.recoverable",
                0.3,
                "",
                row ->
                        row.obstacle()
                                .map(why -> "✕ " + why)
                                .orElseGet(() -> Messages.text("timeline.recoverable")));
        table.setOnMouseClicked(
                mouse -> {
                    if (mouse.getClickCount() == 2) {
                        aim(events);
                    }
                });
        table.setOnKeyPressed(
                key -> {
                    if (key.getCode() == KeyCode.ENTER) {
                        aim(events);
                        key.consume();
                    }
                });
        VBox.setVgrow(table, Priority.ALWAYS);
        root.getStyleClass().add("timeline-page");
        var probe = new EmProbe();
        table.getColumns()
                .getFirst()
                .minWidthProperty()
                .bind(probe.emProperty().multiply(INSTANT_EM));
        root.getChildren().addAll(title, hint, table, probe);
    }

    private void column(String key, double share, String style, Function<Row, String> value) {
        TableParts.column(table, key, share, style, value);
    }

    private void aim(EventTable events) {
        Row selected = table.getSelectionModel().getSelectedItem();
        if (selected != null) {
            events.aim(selected);
        }
    }

    Parent root() {
        return root;
    }
}
