package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;
import java.util.Optional;

/**
 * How a table is defined, as far as its rows are copied.
 *
 * @param oid of the table in its database
 * @param kind {@code relkind}: {@code r} a table, {@code p} a partitioned one
 * @param columns in order; dropped ones are not there
 * @param key names of the primary key's columns, in the key's order; none when there is no key
 * @param triggers enabled triggers that fire on inserted or updated rows, by name
 * @param references tables that its foreign keys name, with schema
 * @param referencedBy foreign keys of other tables on this one, as {@code schema.table
 *     (constraint)}
 * @param sequences that its columns own
 */
public record TableShape(
        long oid,
        String schema,
        String name,
        char kind,
        List<Column> columns,
        List<String> key,
        List<String> triggers,
        List<String> references,
        List<String> referencedBy,
        List<OwnedSequence> sequences) {
    /**
     * @param type as SQL writes it
     * @param generated whether the server computes it from other columns
     */
    public record Column(String name, String type, boolean generated) {}

    /** A sequence that gives a column its values; {@code sequence} is quoted, with schema. */
    public record OwnedSequence(String column, String sequence) {}

    public TableShape {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        triggers = List.copyOf(triggers);
        references = List.copyOf(references);
        referencedBy = List.copyOf(referencedBy);
        sequences = List.copyOf(sequences);
    }

    /** {@code schema.table}, for people. */
    public String fullName() {
        return schema + "." + name;
    }

    /** The same for SQL. */
    public String sql() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    /** The columns whose values are stored as given. */
    public List<Column> given() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    /** Whether rows of one fit the other: same columns of same types in any order, same key. */
    public boolean fits(TableShape other) {
        return columns.size() == other.columns.size()
                && columns.containsAll(other.columns)
                && key.equals(other.key);
    }

    /**
     * Reads it.
     *
     * @return empty when there is no such table
     */
    public static Optional<TableShape> read(Database session, String schema, String name)
            throws RecoveryException {
        return new TableShapeQueries(session).read(schema, name);
    }

    /** Schemas that hold a table of that name, system schemas apart. */
    public static List<String> schemasOf(Database session, String name) throws RecoveryException {
        return new TableShapeQueries(session).schemasOf(name);
    }
}
