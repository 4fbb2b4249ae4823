package dev.lifeboat.ui.catalog;

import dev.lifeboat.ui.Messages;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalog's table: shows each arrangement as it comes, with the groups open that were open, and
 * what was chosen still chosen. FX thread only.
 */
final class CatalogTable {
    private final TreeTableView<CatalogItem> table;
    private final CatalogViewModel model;
    private final Runnable onEnter;
    private final ReadOnlyObjectWrapper<CatalogItem> chosen = new ReadOnlyObjectWrapper<>();
    private Map<String, TreeItem<CatalogItem>> lines = Map.of();
    private boolean laying;

    /**
     * @param onEnter what Enter on a backup does
     */
    CatalogTable(TreeTableView<CatalogItem> table, CatalogViewModel model, Runnable onEnter) {
        this.table = table;
        this.model = model;
        this.onEnter = onEnter;
        var columns = new CatalogColumns(model.context().times());
        columns.addTo(table);
        table.setShowRoot(false);
        table.setRowFactory(_ -> new CatalogCells.Line());
        table.setPlaceholder(new Label(Messages.text("catalog.nothingFits")));
        table.setSortPolicy(
                _ -> {
                    model.setOrder(columns.order(table));
                    return true;
                });
        table.getSelectionModel().selectedItemProperty().addListener((_, _, line) -> choose(line));
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        model.arrangementProperty().addListener((_, _, laidOut) -> show(laidOut));
        show(model.getArrangement());
    }

    /** The line the user is at; null when at none. It does not change while it is read again. */
    ReadOnlyObjectProperty<CatalogItem> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    private void choose(TreeItem<CatalogItem> line) {
        if (!laying) {
            chosen.set(line == null ? null : line.getValue());
        }
    }

    private void press(KeyEvent key) {
        TreeItem<CatalogItem> line = table.getSelectionModel().getSelectedItem();
        if (line == null) {
            return;
        }
        if (key.getCode() == KeyCode.ENTER) {
            if (line.isLeaf()) {
                onEnter.run();
            } else {
                line.setExpanded(!line.isExpanded());
            }
            key.consume();
        } else if (key.getCode() == KeyCode.ESCAPE) {
            table.getSelectionModel().clearSelection();
            key.consume();
        }
    }

    private void show(Arrangement arrangement) {
        String at = chosen.get() == null ? "" : chosen.get().path();
        laying = true;
        lines = new HashMap<>();
        TreeItem<CatalogItem> root = new TreeItem<>();
        root.getChildren().setAll(lines(arrangement.items(), arrangement.narrowed()));
        root.setExpanded(true);
        table.setRoot(root);
        select(lines.get(at));
        laying = false;
        choose(table.getSelectionModel().getSelectedItem());
    }

    private void select(TreeItem<CatalogItem> line) {
        if (line == null) {
            table.getSelectionModel().clearSelection();
        } else {
            table.getSelectionModel().select(line);
        }
    }

    private List<TreeItem<CatalogItem>> lines(List<CatalogItem> items, boolean narrowed) {
        return items.stream().map(item -> line(item, narrowed)).toList();
    }

    private TreeItem<CatalogItem> line(CatalogItem item, boolean narrowed) {
        var line = new TreeItem<>(item);
        lines.put(item.path(), line);
        if (item instanceof CatalogGroup group) {
            line.getChildren().setAll(lines(group.items(), narrowed));
            line.setExpanded(model.expansion().isOpen(group, narrowed));
            line.expandedProperty()
                    .addListener((_, _, open) -> model.expansion().set(group, narrowed, open));
        }
        return line;
    }
}
