package dev.lifeboat.ui.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The catalog as it is laid out.
 *
 * @param rows what fits the filter, in the order that was asked for
 * @param items the same below their headings, or without any
 * @param narrowed whether something was looked for, so that everything found is to be in sight
 */
record Arrangement(List<CatalogRow> rows, List<CatalogItem> items, boolean narrowed) {
    static final Arrangement NOTHING = new Arrangement(List.of(), List.of(), false);

    /**
     * How it is wanted.
     *
     * @param order null for the newest first
     */
    record Wish(CatalogFilter filter, boolean grouped, Comparator<CatalogRow> order) {}

    /** Lays out everything that is known; ten thousand backups take some ten milliseconds. */
    static Arrangement of(List<CatalogRow> all, Wish wish, Instant now) {
        List<CatalogRow> rows =
                all.stream()
                        .filter(row -> wish.filter().shows(row, now))
                        .sorted(
                                wish.order() == null
                                        ? Comparator.comparing(CatalogRow::startedAt).reversed()
                                        : wish.order())
                        .toList();
        return new Arrangement(
                rows,
                wish.grouped() ? CatalogTree.of(rows, now) : List.copyOf(rows),
                wish.filter().looksForSome());
    }
}
