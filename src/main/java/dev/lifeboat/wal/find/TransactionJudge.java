package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TransactionChanges;
import dev.lifeboat.wal.TransactionChanges.Rows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Says what of a committed transaction hurts. */
final class TransactionJudge {
    private final NameBook book;
    private final long fewestRows;
    private final Consumer<FoundTransaction> found;
    private final DdlBursts bursts;

    TransactionJudge(NameBook book, long fewestRows, Consumer<FoundTransaction> found) {
        this.book = book;
        this.fewestRows = fewestRows;
        this.found = found;
        this.bursts = new DdlBursts(book, found);
    }

    void judge(TransactionChanges changes, CatalogWork work) {
        databases(changes, work);
        if (!storage(changes, work)) {
            bursts.add(changes, work);
        }
        rows(changes, HarmKind.DELETE, Rows::deleted);
        rows(changes, HarmKind.UPDATE, Rows::updated);
    }

    void finish() {
        bursts.finish();
    }

    /**
     * A database's files go away before the commit: what stops between the two leaves it invalid.
     * The first step that cannot be undone is the mark on its row.
     *
     * <p>Source: {@code src/backend/commands/dbcommands.c}, dropdb.
     */
    private void databases(TransactionChanges changes, CatalogWork work) {
        for (CatalogWork.DroppedDatabase dropped : work.databases()) {
            Lsn before = mark(changes, work);
            found.accept(
                    new FoundTransaction(
                            changes.xid(),
                            changes.time(),
                            changes.commit(),
                            Optional.of(HarmKind.DROPDATABASE),
                            book.database(dropped.database()),
                            List.of(),
                            OptionalLong.empty(),
                            before));
        }
    }

    private boolean storage(TransactionChanges changes, CatalogWork work) {
        var harm = new StorageHarm(book, changes, work);
        if (!harm.dropped().isEmpty()) {
            found.accept(of(changes, HarmKind.DROP, harm.dropped(), harm.droppedRows()));
        }
        if (!harm.truncated().isEmpty()) {
            found.accept(of(changes, HarmKind.TRUNCATE, harm.truncated(), harm.truncatedRows()));
        }
        return !harm.dropped().isEmpty() || !harm.truncated().isEmpty();
    }

    private void rows(TransactionChanges changes, HarmKind kind, ToLongFunction<Rows> count) {
        if (changes.relations().stream().mapToLong(count).sum() < fewestRows) {
            return;
        }
        var harm = new RowHarm(book, changes);
        List<Rows> most = harm.most(count);
        long total = most.stream().mapToLong(count).sum();
        if (total >= fewestRows && total > 0) {
            found.accept(of(changes, kind, harm.names(most), OptionalLong.of(total)));
        }
    }

    FoundTransaction described(TransactionChanges changes, CatalogWork work) {
        var harm = new RowHarm(book, changes);
        ToLongFunction<Rows> all = rows -> rows.inserted() + rows.updated() + rows.deleted();
        List<Rows> most = harm.most(all);
        var storage = new StorageHarm(book, changes, work);
        Optional<HarmKind> kind = Optional.empty();
        List<String> names = harm.names(most);
        if (!work.databases().isEmpty()) {
            kind = Optional.of(HarmKind.DROPDATABASE);
        } else if (!storage.dropped().isEmpty()) {
            kind = Optional.of(HarmKind.DROP);
            names = storage.dropped();
        } else if (!storage.truncated().isEmpty()) {
            kind = Optional.of(HarmKind.TRUNCATE);
            names = storage.truncated();
        }
        Lsn before = work.databases().isEmpty() ? changes.commit() : mark(changes, work);
        return new FoundTransaction(
                changes.xid(),
                changes.time(),
                changes.commit(),
                kind,
                book.database(StorageHarm.databaseOf(changes)),
                names,
                OptionalLong.of(most.stream().mapToLong(all).sum()),
                before);
    }

    private static Lsn mark(TransactionChanges changes, CatalogWork work) {
        return work.databaseMarked().orElse(changes.firstRecord());
    }

    private FoundTransaction of(
            TransactionChanges changes, HarmKind kind, List<String> names, OptionalLong rows) {
        return new FoundTransaction(
                changes.xid(),
                changes.time(),
                changes.commit(),
                Optional.of(kind),
                book.database(StorageHarm.databaseOf(changes)),
                names,
                rows,
                changes.commit());
    }
}
