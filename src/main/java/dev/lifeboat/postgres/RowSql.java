package dev.lifeboat.postgres;

import dev.lifeboat.postgres.TableShape.Column;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements that compare and copy rows of one table. Values travel as text, in which every type
 * writes and reads itself without loss; {@link #SETTINGS} make that text the same in every session.
 * Keys are ordered by the bytes of their text in UTF-8, which no collation changes.
 */
public final class RowSql {
    /** To be run in every session before any of these statements. */
    public static final List<String> SETTINGS =
            List.of(
                    "SET DateStyle = 'ISO, YMD'",
                    "SET IntervalStyle = 'postgres'",
                    "SET TimeZone = 'UTC'",
                    "SET extra_float_digits = 3",
                    "SET bytea_output = 'hex'",
                    "SET xmloption = 'content'",
                    "SET lc_monetary = 'C'",
                    "SET row_security = off",
                    "SET search_path = pg_catalog");

    private final TableShape table;

    public RowSql(TableShape table) {
        this.table = table;
    }

    /** Every row's key ({@code k1}, {@code k2}, ...) and {@code digest}, in the order of keys. */
    public String keysAndDigests() {
        String keys =
                IntStream.range(0, table.key().size())
                        .mapToObj(i -> text(table.key().get(i)) + " AS k" + (i + 1))
                        .collect(Collectors.joining(", "));
        String order =
                table.key().stream()
                        .map(name -> "convert_to(" + text(name) + ", 'UTF8')")
                        .collect(Collectors.joining(", "));
        return "SELECT "
                + keys
                + ", "
                + digest()
                + " AS digest FROM "
                + table.sql()
                + " ORDER BY "
                + order;
    }

    /** The values of all given columns ({@code c1}, ...), of every row. */
    public String allRows() {
        return "SELECT " + values() + " FROM " + table.sql();
    }

    /** The same and {@code digest}, of the row with a key; the key's values are parameters. */
    public String rowOfKey() {
        return "SELECT "
                + values()
                + ", "
                + digest()
                + " AS digest FROM "
                + table.sql()
                + " WHERE "
                + keyIs("?");
    }

    /** Locks the row with a key, until the transaction ends, and gives it as {@link #rowOfKey}. */
    public String lockedRowOfKey() {
        return rowOfKey() + " FOR NO KEY UPDATE";
    }

    /**
     * Inserts one row unless something is in its way, and gives its {@code digest}; the given
     * columns are parameters.
     */
    public String insert() {
        return "INSERT INTO "
                + table.sql()
                + " ("
                + names()
                + ") OVERRIDING SYSTEM VALUE VALUES ("
                + table.given().stream().map(RowSql::parameter).collect(Collectors.joining(", "))
                + ") ON CONFLICT DO NOTHING RETURNING "
                + digest()
                + " AS digest";
    }

    /** Gives a row other values; the columns outside the key are parameters, then the key. */
    public String update() {
        return "UPDATE "
                + table.sql()
                + " SET "
                + changeable().stream()
                        .map(column -> Sql.identifier(column.name()) + " = " + parameter(column))
                        .collect(Collectors.joining(", "))
                + " WHERE "
                + keyIs("?");
    }

    /** The given columns outside the key. */
    public List<Column> changeable() {
        return table.given().stream().filter(each -> !table.key().contains(each.name())).toList();
    }

    /** What was inserted, as a statement without parameters. */
    public String inserted(List<String> values) {
        return "INSERT INTO "
                + table.sql()
                + " ("
                + names()
                + ") OVERRIDING SYSTEM VALUE VALUES ("
                + literals(table.given(), values)
                + ") ON CONFLICT DO NOTHING;";
    }

    /** An update to these values of the given columns, if the row still has that digest. */
    public String updated(List<String> key, List<String> values, String expectedDigest) {
        List<Column> given = table.given();
        String set =
                IntStream.range(0, given.size())
                        .filter(i -> !table.key().contains(given.get(i).name()))
                        .mapToObj(
                                i ->
                                        Sql.identifier(given.get(i).name())
                                                + " = "
                                                + literal(given.get(i), values.get(i)))
                        .collect(Collectors.joining(", "));
        return "UPDATE " + table.sql() + " SET " + set + where(key, expectedDigest);
    }

    /** Removes a row, if it still has that digest. */
    public String deleted(List<String> key, String expectedDigest) {
        return "DELETE FROM " + table.sql() + where(key, expectedDigest);
    }

    private String where(List<String> key, String expectedDigest) {
        String keys =
                IntStream.range(0, key.size())
                        .mapToObj(
                                i ->
                                        Sql.identifier(table.key().get(i))
                                                + " = "
                                                + literal(column(table.key().get(i)), key.get(i)))
                        .collect(Collectors.joining(" AND "));
        return " WHERE " + keys + " AND " + digest() + " = " + Sql.literal(expectedDigest) + ";";
    }

    /** Moves a sequence on so far that it gives none of the column's values again. */
    public static String mendSequence(TableShape table, TableShape.OwnedSequence owned) {
        return "SELECT setval("
                + Sql.literal(owned.sequence())
                + "::regclass, m.highest) AS value FROM (SELECT max("
                + Sql.identifier(owned.column())
                + ")::bigint AS highest FROM "
                + table.sql()
                + ") m, "
                + owned.sequence()
                + " s WHERE m.highest > s.last_value";
    }

    /** How far a sequence has come, as {@code value}. */
    public static String sequenceValue(TableShape.OwnedSequence owned) {
        return "SELECT last_value AS value FROM " + owned.sequence();
    }

    /** Sets a sequence, as {@code value}. */
    public static String setSequence(TableShape.OwnedSequence owned, long value) {
        return "SELECT setval("
                + Sql.literal(owned.sequence())
                + "::regclass, "
                + value
                + ") AS value";
    }

    private String keyIs(String parameter) {
        return table.key().stream()
                .map(
                        name ->
                                Sql.identifier(name)
                                        + " = CAST("
                                        + parameter
                                        + " AS text)::"
                                        + column(name).type())
                .collect(Collectors.joining(" AND "));
    }

    private Column column(String name) {
        return table.columns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String names() {
        return table.given().stream()
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
    }

    private String values() {
        List<Column> given = table.given();
        return IntStream.range(0, given.size())
                .mapToObj(i -> text(given.get(i).name()) + " AS c" + (i + 1))
                .collect(Collectors.joining(", "));
    }

    /** Columns by name, so that tables whose columns stand in another order agree. */
    private String digest() {
        String row =
                table.given().stream()
                        .map(Column::name)
                        .sorted()
                        .map(Sql::identifier)
                        .collect(Collectors.joining(", "));
        return "encode(sha256(convert_to(ROW(" + row + ")::text, 'UTF8')), 'hex')";
    }

    private static String text(String column) {
        return Sql.identifier(column) + "::text";
    }

    private static String parameter(Column column) {
        return "CAST(? AS text)::" + column.type();
    }

    private static String literals(List<Column> columns, List<String> values) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> literal(columns.get(i), values.get(i)))
                .collect(Collectors.joining(", "));
    }

    private static String literal(Column column, String value) {
        return value == null ? "NULL" : Sql.literal(value) + "::" + column.type();
    }
}
