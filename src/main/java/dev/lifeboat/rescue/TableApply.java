package dev.lifeboat.rescue;

import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.Row;
import dev.lifeboat.postgres.RowSql;
import dev.lifeboat.postgres.TableShape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies rows of one table into the live database, within one transaction of it. Each row is looked
 * at again before it is written: what came or changed since the comparison is left alone and
 * counted.
 */
final class TableApply {
    private final TableShape table;
    private final RowSql sql;
    private final Database copy;
    private final Database live;
    private final Scripts scripts;
    private final Progress progress;
    private long inserted;
    private long conflicts;
    private long updated;
    private long changedMeanwhile;

    /** All given values of a row, null where it has none, and its digest. */
    private record Content(List<String> values, String digest) {}

    /**
     * @param table as the live database has it, or will have it
     * @param live within the transaction
     */
    TableApply(TableShape table, Database copy, Database live, Scripts scripts, Progress progress) {
        this.table = table;
        this.sql = new RowSql(table);
        this.copy = copy;
        this.live = live;
        this.scripts = scripts;
        this.progress = progress;
    }

    /** Brings back what is missing, and with {@code changes} what is changed. */
    void differences(Differences differences, boolean changes) throws RecoveryException {
        differences.forEach(
                each -> {
                    if (each.kind() == Difference.Kind.MISSING) {
                        bringBack(each);
                    } else if (changes) {
                        change(each);
                    }
                    progress.add(1);
                });
    }

    private void bringBack(Difference missing) throws RecoveryException {
        Optional<Content> old = content(copy, sql.rowOfKey(), missing.key());
        if (old.isPresent()) {
            Optional<String> digest = insert(old.get().values);
            if (digest.isPresent()) {
                scripts.undoing(sql.deleted(missing.key(), digest.get()));
            }
        }
    }

    /** The digest of the row as it lies there now; empty when something was in its way. */
    private Optional<String> insert(List<String> values) throws RecoveryException {
        Optional<String> there =
                live.first(row -> row.text("digest"), sql.insert(), values.toArray());
        if (there.isPresent()) {
            inserted++;
            scripts.applied(sql.inserted(values));
        } else {
            conflicts++;
        }
        return there;
    }

    private void change(Difference changed) throws RecoveryException {
        Optional<Content> old = content(copy, sql.rowOfKey(), changed.key());
        Optional<Content> now = content(live, sql.lockedRowOfKey(), changed.key());
        boolean same = now.filter(row -> row.digest.equals(changed.liveDigest())).isPresent();
        if (old.isEmpty() || !same) {
            changedMeanwhile++;
            return;
        }
        List<Object> parameters = new ArrayList<>();
        List<TableShape.Column> given = table.given();
        for (int i = 0; i < given.size(); i++) {
            if (!table.key().contains(given.get(i).name())) {
                parameters.add(old.get().values.get(i));
            }
        }
        parameters.addAll(changed.key());
        updated += live.execute(sql.update(), parameters.toArray());
        Content after = content(live, sql.rowOfKey(), changed.key()).orElseThrow();
        scripts.applied(sql.updated(changed.key(), old.get().values, now.get().digest));
        scripts.undoing(sql.updated(changed.key(), now.get().values, after.digest));
    }

    /** Copies every row of the copy; the live table was made in this transaction. */
    void everything() throws RecoveryException {
        try (var rows = copy.cursor(this::values, sql.allRows())) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                insert(row.get());
                progress.add(1);
            }
        }
    }

    /** Moves the sequences of its columns on; those that were behind. */
    List<String> mendSequences() throws RecoveryException {
        var mended = new ArrayList<String>();
        for (TableShape.OwnedSequence owned : table.sequences()) {
            mend(owned, RowSql.mendSequence(table, owned), mended);
        }
        return mended;
    }

    /** Gives the sequences of a table that was made anew the values they have in the copy. */
    List<String> setSequences() throws RecoveryException {
        var set = new ArrayList<String>();
        for (TableShape.OwnedSequence owned : table.sequences()) {
            long value = copy.one(row -> row.number("value"), RowSql.sequenceValue(owned));
            mend(owned, RowSql.setSequence(owned, value), set);
        }
        return set;
    }

    private void mend(TableShape.OwnedSequence owned, String statement, List<String> mended)
            throws RecoveryException {
        Optional<Long> value = live.first(row -> row.number("value"), statement);
        if (value.isPresent()) {
            mended.add(owned.sequence() + " to " + value.get());
            scripts.applied(statement + ";");
        }
    }

    private Optional<Content> content(Database session, String query, List<String> key)
            throws RecoveryException {
        return session.first(
                row -> new Content(values(row), row.text("digest")), query, key.toArray());
    }

    private List<String> values(Row row) {
        var values = new ArrayList<String>();
        for (int i = 1; i <= table.given().size(); i++) {
            values.add(row.optionalText("c" + i).orElse(null));
        }
        return values;
    }

    long inserted() {
        return inserted;
    }

    long conflicts() {
        return conflicts;
    }

    long updated() {
        return updated;
    }

    long changedMeanwhile() {
        return changedMeanwhile;
    }
}
