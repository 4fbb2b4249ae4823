package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a database for {@link DatabaseInfo}. Columns that came with later versions are read through
 * JSON, where a missing one is NULL.
 *
 * <p>Source: PostgreSQL documentation, chapter 53 "System Catalogs": pg_database, pg_class,
 * pg_collation, pg_extension.
 */
final class DatabaseInfoQueries {
    private static final int WITH_DATABASE_COLLATION_VERSION = 150_000;
    private final Database session;

    DatabaseInfoQueries(Database session) {
        this.session = session;
    }

    DatabaseInfo read() throws RecoveryException {
        List<DatabaseInfo.Table> tables = tables();
        Map<String, String> extensions = extensions();
        List<DatabaseInfo.Collation> collations = collations();
        return session.one(
                row ->
                        new DatabaseInfo(
                                row.text("datname"),
                                row.text("owner"),
                                row.text("encoding"),
                                locale(row),
                                row.optionalNumber("bytes"),
                                tables,
                                extensions,
                                collations),
                """
                select datname, pg_get_userbyid(datdba) as owner,
                       pg_encoding_to_char(encoding) as encoding, datcollate, datctype,
                       coalesce(j ->> 'datlocprovider', 'c') as provider,
                       coalesce(j ->> 'datlocale', j ->> 'daticulocale') as icu_locale,
                       j ->> 'datcollversion' as recorded,
                """
                        + (version() >= WITH_DATABASE_COLLATION_VERSION
                                ? "pg_database_collation_actual_version(oid)"
                                : "null")
                        + """
                         as actual,
                               case when has_database_privilege(oid, 'CONNECT')
                                    then pg_database_size(oid) end as bytes
                          from pg_database d, to_jsonb(d) j
                         where datname = current_database()""");
    }

    private int version() throws RecoveryException {
        return session.one(
                row -> row.integer("v"), "select current_setting('server_version_num')::int as v");
    }

    private static DatabaseInfo.Locale locale(Row row) {
        return new DatabaseInfo.Locale(
                row.text("provider"),
                row.text("datcollate"),
                row.text("datctype"),
                row.optionalText("icu_locale"),
                row.optionalText("recorded"),
                row.optionalText("actual"));
    }

    private List<DatabaseInfo.Table> tables() throws RecoveryException {
        return session.query(
                row ->
                        new DatabaseInfo.Table(
                                row.text("nspname"),
                                row.text("relname"),
                                row.optionalNumber("estimate"),
                                row.number("bytes")),
                """
                select nspname, relname,
                       case when reltuples >= 0 and relpages > 0 then reltuples::bigint
                       end as estimate,
                       (relpages + coalesce((select sum(i.relpages)
                          from pg_index x join pg_class i on i.oid = x.indexrelid
                         where x.indrelid = c.oid), 0))
                         * current_setting('block_size')::bigint as bytes
                  from pg_class c join pg_namespace n on n.oid = relnamespace
                 where relkind in ('r', 'm') and relpersistence <> 't'
                   and nspname not in ('pg_catalog', 'information_schema')
                   and nspname not like 'pg\\_toast%'
                 order by 4 desc, 1, 2""");
    }

    private Map<String, String> extensions() throws RecoveryException {
        Map<String, String> versions = new LinkedHashMap<>();
        session.query(
                row -> versions.put(row.text("extname"), row.text("extversion")),
                "select extname, extversion from pg_extension order by 1");
        return versions;
    }

    private List<DatabaseInfo.Collation> collations() throws RecoveryException {
        return session.query(
                row ->
                        new DatabaseInfo.Collation(
                                row.text("collname"),
                                row.text("provider"),
                                row.optionalText("collversion"),
                                row.optionalText("actual")),
                """
                select collname, collprovider::text as provider, collversion,
                       pg_collation_actual_version(oid) as actual
                  from pg_collation
                 where collversion is not null
                   and oid in (select attcollation from pg_attribute
                                join pg_class c on c.oid = attrelid
                               where c.oid >= 16384 and attcollation <> 0)
                 order by 1""");
    }
}
