package dev.lifeboat.wal.find;

import dev.lifeboat.wal.TransactionChanges;
import dev.lifeboat.wal.TransactionChanges.Rows;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Counts what a transaction did to rows of the application's tables. */
final class RowHarm {
    private final NameBook book;
    private final TransactionChanges changes;

    RowHarm(NameBook book, TransactionChanges changes) {
        this.book = book;
        this.changes = changes;
    }

    /** The tables with some such rows, the most of them first. */
    List<Rows> most(ToLongFunction<Rows> count) {
        return changes.relations().stream()
                .filter(rows -> count.applyAsLong(rows) > 0)
                .filter(this::isOfApplication)
                .sorted(Comparator.comparingLong(count).reversed())
                .toList();
    }

    /** Not a catalog, not a table of long values, not one this transaction itself had made. */
    private boolean isOfApplication(Rows rows) {
        return book.catalog(rows.relation()) == 0
                && rows.relation().database() != 0
                && !changes.created().contains(rows.relation())
                && book.relation(rows.relation()).map(NamedRelation::isTable).orElse(true);
    }

    List<String> names(List<Rows> rows) {
        return rows.stream().map(each -> book.name(each.relation())).distinct().toList();
    }
}
