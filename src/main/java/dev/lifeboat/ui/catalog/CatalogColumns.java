package dev.lifeboat.ui.catalog;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.EmWidths;
import dev.lifeboat.ui.task.TimeText;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableColumn.SortType;
import javafx.scene.control.TreeTableView;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of the catalog, each as wide as what it holds. A backup fills them with what it is, a
 * group with what is told of all its backups.
 */
final class CatalogColumns {
    private final TimeText times;
    private final Map<TreeTableColumn<?, ?>, Double> widths = new LinkedHashMap<>();
    private final Map<TreeTableColumn<CatalogItem, ?>, Comparator<CatalogRow>> orders =
            new LinkedHashMap<>();

    CatalogColumns(TimeText times) {
        this.times = times;
    }

    void addTo(TreeTableView<CatalogItem> table) {
        backup();
        word(
                "catalog.column.state",
                10.4,
                row -> Standing.of(row).word(),
                Tally::worst,
                by(Standing::of));
        text(
                "catalog.column.begun",
                12.8,
                row -> times.utc(row.startedAt()),
                tally -> Words.newest(tally.newest(), times),
                by(CatalogRow::startedAt));
        word(
                "catalog.column.verified",
                10.4,
                row -> Words.verified(row, times),
                tally -> Words.verified(tally, times),
                by(CatalogRow::verifiedAt));
        word(
                "catalog.column.primary",
                8.2,
                row -> Words.of(row.primary()),
                Tally::primary,
                byState(CatalogRow::primary));
        word(
                "catalog.column.dr",
                8.2,
                row -> Words.of(row.dr()),
                Tally::dr,
                byState(CatalogRow::dr));
        text(
                "catalog.column.stored",
                6,
                row -> ByteSize.format(row.storedBytes()),
                tally -> ByteSize.format(tally.storedBytes()),
                by(CatalogRow::storedBytes));
        word(
                "catalog.column.storage",
                14,
                Words::storage,
                Tally::storage,
                by(CatalogRow::storageClass));
        text("catalog.column.kept", 11.5, Words::keptUntil, _ -> "", by(CatalogRow::keptUntil));
        text(
                "catalog.column.timeline",
                3.6,
                Words::timeline,
                Tally::timeline,
                by(CatalogRow::timeline));
        text(
                "catalog.column.key",
                6.8,
                row -> Words.shortKey(row.keyFingerprint()),
                Tally::key,
                by(CatalogRow::keyFingerprint));
        orders.keySet().forEach(table.getColumns()::add);
        EmWidths.keep(table, widths);
    }

    /** The order that is chosen by the columns' headers; null when none is. */
    Comparator<CatalogRow> order(TreeTableView<CatalogItem> table) {
        return table.getSortOrder().stream()
                .map(
                        column ->
                                column.getSortType() == SortType.DESCENDING
                                        ? orders.get(column).reversed()
                                        : orders.get(column))
                .reduce(Comparator::thenComparing)
                .orElse(null);
    }

    private static <T extends Comparable<? super T>> Comparator<CatalogRow> by(
            Function<CatalogRow, T> value) {
        return Comparator.comparing(value, Comparator.nullsFirst(Comparator.naturalOrder()));
    }

    private static Comparator<CatalogRow> byState(Function<CatalogRow, CatalogRow.Copy> region) {
        return by(
                row ->
                        Optional.ofNullable(region.apply(row))
                                .map(CatalogRow.Copy::state)
                                .orElse(null));
    }

    private void backup() {
        var column = column("catalog.column.backup", 24.5, by(CatalogRow::id));
        column.setCellFactory(_ -> new CatalogCells.NameCell(times));
    }

    private void text(
            String key,
            double em,
            Function<CatalogRow, String> ofRow,
            Function<Tally, String> ofGroup,
            Comparator<CatalogRow> order) {
        column(key, em, order).setCellFactory(_ -> new CatalogCells.TextCell(ofRow, ofGroup));
    }

    private void word(
            String key,
            double em,
            Function<CatalogRow, Word> ofRow,
            Function<Tally, Word> ofGroup,
            Comparator<CatalogRow> order) {
        column(key, em, order).setCellFactory(_ -> new CatalogCells.WordCell(ofRow, ofGroup));
    }

    private TreeTableColumn<CatalogItem, CatalogItem> column(
            String key, double em, Comparator<CatalogRow> order) {
        var column = new TreeTableColumn<CatalogItem, CatalogItem>(Messages.text(key));
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue().getValue()));
        widths.put(column, em);
        orders.put(column, order);
        return column;
    }
}
