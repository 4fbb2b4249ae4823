package dev.lifeboat.rescue;

import dev.lifeboat.postgres.Row;

import java.util.ArrayList;

/** Reads what a query for keys and digests gives. */
final class KeyedRows {
    private KeyedRows() {}

    /**
     * @param width so many columns has the key
     */
    static TableComparison.Keyed read(Row row, int width) {
        var key = new ArrayList<String>(width);
        for (int i = 1; i <= width; i++) {
            key.add(row.text("k" + i));
        }
        return new TableComparison.Keyed(key, row.text("digest"));
    }
}
