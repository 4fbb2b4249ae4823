package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

import java.util.function.Function;

/** Columns of text, as the timeline's tables have them. */
final class TableParts {
    private static final double SCROLL_BAR = 22;

    private TableParts() {}

    /**
     * Adds a column.
     *
     * @param share of the table's width
     * @param style of its cells; empty for none
     */
    static <T> void column(
            TableView<T> table, String key, double share, String style, Function<T, String> value) {
        var column = new TableColumn<T, String>(Messages.text(key));
        column.prefWidthProperty().bind(table.widthProperty().subtract(SCROLL_BAR).multiply(share));
        column.setSortable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        column.setCellFactory(_ -> new TextCell<>(style));
        table.getColumns().add(column);
    }

    /** What is cut off is said in full by the tooltip. */
    private static final class TextCell<T> extends TableCell<T, String> {
        private final Tooltip tooltip = new Tooltip();

        TextCell(String style) {
            if (!style.isEmpty()) {
                getStyleClass().add(style);
            }
        }

        @Override
        protected void updateItem(String text, boolean none) {
            super.updateItem(text, none);
            setText(none ? null : text);
            tooltip.setText(text);
            setTooltip(none ? null : tooltip);
        }
    }
}
