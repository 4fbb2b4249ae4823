package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tables of a database, and questions about their rows that any table can answer. Reads only;
 * it sets its session read-only. For one thread.
 */
public final class TableSurvey {
    /** Names that columns of a row's time have, the likeliest first. */
    private static final List<String> TIME_COLUMNS =
            List.of(
                    "created_at",
                    "inserted_at",
                    "updated_at",
                    "logged_at",
                    "occurred_at",
                    "recorded_at",
                    "created",
                    "timestamp",
                    "ts",
                    "time",
                    "at");

    private final Database session;

    /**
     * @param session stays the caller's to close; from now on it writes nothing
     */
    public TableSurvey(Database session) throws RecoveryException {
        this.session = session;
        session.execute("SET default_transaction_read_only = on");
    }

    /**
     * A table.
     *
     * @param bytes of its files, indexes apart
     * @param estimate of its rows; empty when it was never analysed
     * @param timeColumn the column that tells when a row came to be, by its name and type
     * @param locked whether {@link ReplayLocks replay holds it}: then its size is told as 0, and
     *     who reads it waits
     */
    public record Table(
            String schema,
            String name,
            long bytes,
            Optional<Long> estimate,
            Optional<String> timeColumn,
            boolean locked) {
        /** {@code schema.name}, as manifests spell it. */
        public String qualified() {
            return schema + "." + name;
        }

        private String quoted() {
            return Sql.identifier(schema) + "." + Sql.identifier(name);
        }
    }

    /** All tables that users made, largest first. */
    public List<Table> tables() throws RecoveryException {
        return session.query(
                row ->
                        new Table(
                                row.text("nspname"),
                                row.text("relname"),
                                row.number("bytes"),
                                row.optionalNumber("estimate"),
                                timeColumn(row.text("columns")),
                                row.bool("locked")),
                """
                select nspname, relname,
                       case when c.oid in %1$s then 0 else pg_table_size(c.oid) end as bytes,
                       c.oid in %1$s as locked,
                       case when reltuples >= 0 then reltuples::bigint end as estimate,
                       coalesce((select string_agg(attname, chr(10)) from pg_attribute a
                          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                            and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype)),
                          '') as columns
                  from pg_class c join pg_namespace n on n.oid = relnamespace
                 where relkind in ('r', 'm') and relpersistence <> 't'
                   and nspname not in ('pg_catalog', 'information_schema')
                   and nspname not like 'pg\\_toast%%'
                 order by 3 desc, 1, 2"""
                        .formatted(ReplayLocks.HELD));
    }

    /** How many rows a table has, counted. */
    public long countRows(Table table) throws RecoveryException {
        return session.one(
                row -> row.number("n"), "select count(*) as n from only " + table.quoted());
    }

    /**
     * The newest value of the table's column of time, as PostgreSQL prints it; empty for a table
     * without rows or without such a column.
     */
    public Optional<String> newestRow(Table table) throws RecoveryException {
        if (table.timeColumn().isEmpty()) {
            return Optional.empty();
        }
        return session.one(
                row -> row.optionalText("newest"),
                "select max("
                        + Sql.identifier(table.timeColumn().get())
                        + ")::text as newest from only "
                        + table.quoted());
    }

    /** The value of a statement that yields one row with one column; empty for NULL. */
    public Optional<String> value(String statement) throws RecoveryException {
        return session.one(
                row -> row.optionalText("value"),
                "select (" + withoutEnd(statement) + "\n)::text as value");
    }

    private static String withoutEnd(String statement) {
        String bare = statement.strip();
        return bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static Optional<String> timeColumn(String columns) {
        List<String> there = columns.lines().toList();
        return TIME_COLUMNS.stream()
                .flatMap(
                        name -> there.stream().filter(c -> c.toLowerCase(Locale.ROOT).equals(name)))
                .findFirst();
    }
}
