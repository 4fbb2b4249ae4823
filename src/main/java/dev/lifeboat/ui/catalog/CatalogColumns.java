package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.EmWidths;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The columns of the catalog, each as wide as what it holds. */
final class CatalogColumns {
    private final TimeText times;
    private final Map<TableColumn<?, ?>, Double> widths = new LinkedHashMap<>();

    CatalogColumns(TimeText times) {
        this.times = times;
    }

    void addTo(TableView<CatalogRow> table) {
        table.getColumns().add(backup());
        table.getColumns().add(begun());
        table.getColumns()
                .add(
                        text(
                                "catalog.column.stored",
                                6,
                                row -> ByteSize.format(row.storedBytes()),
                                Comparator.comparingLong(CatalogRow::storedBytes)));
        table.getColumns().add(word("catalog.column.primary", 8.2, row -> Words.of(row.primary())));
        table.getColumns().add(word("catalog.column.dr", 8.2, row -> Words.of(row.dr())));
        table.getColumns().add(word("catalog.column.verified", 10, this::verified));
        table.getColumns().add(word("catalog.column.storage", 9.4, Words::storage));
        table.getColumns()
                .add(
                        text(
                                "catalog.column.kept",
                                11.5,
                                Words::keptUntil,
                                Comparator.comparing(
                                        CatalogRow::keptUntil,
                                        Comparator.nullsFirst(Comparator.naturalOrder()))));
        table.getColumns()
                .add(
                        text(
                                "catalog.column.timeline",
                                3.6,
                                row -> row.timeline() == 0 ? "" : "" + row.timeline(),
                                Comparator.comparingInt(CatalogRow::timeline)));
        table.getColumns()
                .add(
                        text(
                                "catalog.column.key",
                                6.8,
                                row -> Words.shortKey(row.keyFingerprint()),
                                Comparator.comparing(CatalogRow::keyFingerprint)));
        EmWidths.keep(table, widths);
    }

    private Word verified(CatalogRow row) {
        return Words.verified(row, times);
    }

    private TableColumn<CatalogRow, CatalogRow> backup() {
        TableColumn<CatalogRow, CatalogRow> column =
                column("catalog.column.backup", 21.5, Comparator.comparing(CatalogRow::id));
        column.setCellFactory(_ -> new BackupCell());
        return column;
    }

    private TableColumn<CatalogRow, CatalogRow> begun() {
        TableColumn<CatalogRow, CatalogRow> column =
                text(
                        "catalog.column.begun",
                        12.8,
                        row -> times.utc(row.startedAt()),
                        Comparator.comparing(CatalogRow::startedAt));
        column.setSortType(TableColumn.SortType.DESCENDING);
        return column;
    }

    private TableColumn<CatalogRow, CatalogRow> text(
            String key,
            double em,
            Function<CatalogRow, String> words,
            Comparator<CatalogRow> order) {
        TableColumn<CatalogRow, CatalogRow> column = column(key, em, order);
        column.setCellFactory(_ -> new TextCell(words));
        return column;
    }

    private TableColumn<CatalogRow, CatalogRow> word(
            String key, double em, Function<CatalogRow, Word> words) {
        TableColumn<CatalogRow, CatalogRow> column =
                column(key, em, Comparator.comparing(row -> words.apply(row).text()));
        column.setCellFactory(_ -> new WordCell(words));
        return column;
    }

    private TableColumn<CatalogRow, CatalogRow> column(
            String key, double em, Comparator<CatalogRow> order) {
        var column = new TableColumn<CatalogRow, CatalogRow>(Messages.text(key));
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setComparator(order);
        widths.put(column, em);
        return column;
    }

    private static final class TextCell extends TableCell<CatalogRow, CatalogRow> {
        private final Function<CatalogRow, String> words;

        TextCell(Function<CatalogRow, String> words) {
            this.words = words;
            getStyleClass().add("mono");
        }

        @Override
        protected void updateItem(CatalogRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : words.apply(row));
        }
    }

    /** Glyph, word and colour. */
    private static final class WordCell extends TableCell<CatalogRow, CatalogRow> {
        private final Function<CatalogRow, Word> words;
        private final StatusGlyph glyph = new StatusGlyph();
        private Role role = Role.TEXT;

        WordCell(Function<CatalogRow, Word> words) {
            this.words = words;
            getStyleClass().addAll("in-role", role.styleClass());
        }

        @Override
        protected void updateItem(CatalogRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            Word word = words.apply(row);
            if (role != word.role()) {
                getStyleClass().remove(role.styleClass());
                role = word.role();
                getStyleClass().add(role.styleClass());
            }
            setText(word.text());
            setGraphic(word.hasGlyph() ? glyph.of(role) : null);
        }
    }

    /** One glyph a cell, changed only when the role does. */
    private static final class StatusGlyph {
        private final Map<Role, Node> made = new LinkedHashMap<>();

        Node of(Role role) {
            return made.computeIfAbsent(role, wanted -> Icons.of(wanted.glyph(), "in-role"));
        }
    }

    private static final class BackupCell extends TableCell<CatalogRow, CatalogRow> {
        private final Map<BackupKind, Node> glyphs = new LinkedHashMap<>();
        private final Label id = new Label();

        BackupCell() {
            id.getStyleClass().addAll("mono", "may-shorten");
        }

        @Override
        protected void updateItem(CatalogRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            id.setText(row.id());
            id.setGraphic(glyphs.computeIfAbsent(row.kind(), Words::glyph));
            setAccessibleText(row.kind().word() + " " + row.id());
            setGraphic(id);
        }
    }
}
