package dev.lifeboat.sandbox;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Expected rows against those a server holds.
 *
 * @param expected rows of the record
 * @param found rows of the server
 * @param missing rows of the record that the server lacks or holds otherwise
 * @param unexpected rows of the server that the record does not know or knows otherwise
 */
record RowComparison(long expected, long found, long missing, long unexpected) {
    /** Whether the server holds exactly what it should. An empty record proves nothing. */
    boolean holds() {
        return expected > 0 && missing == 0 && unexpected == 0;
    }

    /** Reads all of the application's rows and compares each. */
    static RowComparison of(ExpectedRows expected, Database restored) throws RecoveryException {
        Map<AppTable, NavigableMap<Long, String>> found = new EnumMap<>(AppTable.class);
        for (AppTable table : AppTable.values()) {
            found.put(table, read(restored, table));
        }
        return of(expected, found);
    }

    /**
     * Compares row by row; rows of which nobody heard whether they committed are left out on both
     * sides.
     */
    static RowComparison of(
            ExpectedRows expected, Map<AppTable, NavigableMap<Long, String>> restored) {
        long wanted = 0;
        long found = 0;
        long missing = 0;
        long unexpected = 0;
        for (AppTable table : AppTable.values()) {
            NavigableMap<Long, String> there = new TreeMap<>(restored.get(table));
            NavigableMap<Long, String> should = new TreeMap<>(expected.rows().get(table));
            there.keySet().removeAll(expected.uncertain());
            should.keySet().removeAll(expected.uncertain());
            wanted += should.size();
            found += there.size();
            missing += differing(should, there);
            unexpected += differing(there, should);
        }
        return new RowComparison(wanted, found, missing, unexpected);
    }

    private static NavigableMap<Long, String> read(Database database, AppTable table)
            throws RecoveryException {
        var rows = new TreeMap<Long, String>();
        database.forEach(row -> rows.put(row.number("id"), row.text("content")), table.query());
        return rows;
    }

    private static long differing(
            NavigableMap<Long, String> of, NavigableMap<Long, String> compared) {
        return of.entrySet().stream()
                .filter(row -> !row.getValue().equals(compared.get(row.getKey())))
                .count();
    }
}
