package dev.lifeboat.ui.control;

import javafx.scene.Parent;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.layout.Pane;

import java.util.Map;

/**
 * Keeps columns as wide, and rows as high, as so many times the font size: JavaFX takes pixels
 * only, and those would cut off large type.
 */
public final class EmWidths {
    private static final double ROW_EM = 2.4;

    private EmWidths() {}

    /**
     * From now on.
     *
     * @param table whose parent is a pane, now or before it is shown
     */
    public static void keep(TreeTableView<?> table, Map<TreeTableColumn<?, ?>, Double> widths) {
        var probe = new EmProbe();
        resize(table, widths, probe.em());
        probe.emProperty().addListener((_, _, em) -> resize(table, widths, em.doubleValue()));
        place(probe, table.getParent());
        table.parentProperty().addListener((_, _, parent) -> place(probe, parent));
    }

    private static void place(EmProbe probe, Parent parent) {
        if (parent instanceof Pane pane && probe.getParent() == null) {
            pane.getChildren().add(probe);
        }
    }

    /** Rows of whole pixels: their lines then all look the same. */
    private static void resize(
            TreeTableView<?> table, Map<TreeTableColumn<?, ?>, Double> widths, double em) {
        table.setFixedCellSize((double) Math.round(ROW_EM * em));
        widths.forEach(
                (column, width) -> ((TableColumnBase<?, ?>) column).setPrefWidth(width * em));
    }
}
