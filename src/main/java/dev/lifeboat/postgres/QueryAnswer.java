package dev.lifeboat.postgres;

import java.util.List;

/**
 * What a query that somebody typed gave, as text.
 *
 * @param columns their names, in order
 * @param rows each with one text for every column, null where the value is null
 * @param more whether there were rows beyond those
 */
public record QueryAnswer(List<String> columns, List<List<String>> rows, boolean more) {
    public QueryAnswer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
