package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/**
 * What somebody made in a database: the difference between an empty one and one that must not be
 * touched. What belongs to an extension does not count.
 *
 * <p>Source: PostgreSQL documentation, chapter 53: pg_class, pg_proc, pg_depend.
 */
public final class UserObjects {
    private static final String NOT_OF_AN_EXTENSION =
            """
             and nspname not in ('pg_catalog', 'information_schema')
             and nspname not like 'pg\\_toast%' and nspname not like 'pg\\_temp%'
             and not exists (select from pg_depend where classid = o.tableoid and objid = o.oid and deptype = 'e')""";

    private UserObjects() {}

    /**
     * Tables, views, sequences, functions: some of their names, or none. Problems as {@link
     * Database}.
     */
    public static List<String> some(Database session) throws RecoveryException {
        return session.query(
                row -> row.text("name"),
                "(select nspname || '.' || relname as name from pg_class o join pg_namespace n"
                        + " on n.oid = relnamespace where relkind in ('r', 'p', 'm', 'v', 'S', 'f')"
                        + NOT_OF_AN_EXTENSION
                        + " order by 1 limit 10) union all (select nspname || '.' || proname"
                        + " from pg_proc o join pg_namespace n on n.oid = pronamespace where true "
                        + NOT_OF_AN_EXTENSION
                        + " order by 1 limit 10)");
    }

    /** All tables with rows of their own, as {@code schema.name}. Problems as {@link Database}. */
    public static List<String> tables(Database session) throws RecoveryException {
        return session.query(
                row -> row.text("name"),
                "select nspname || '.' || relname as name from pg_class o join pg_namespace n"
                        + " on n.oid = relnamespace where relkind in ('r', 'm')"
                        + NOT_OF_AN_EXTENSION
                        + " order by 1");
    }
}
