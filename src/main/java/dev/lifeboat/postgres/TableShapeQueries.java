package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.TableShape.Column;
import dev.lifeboat.postgres.TableShape.OwnedSequence;

import java.util.List;
import java.util.Optional;

/**
 * Asks a database how a table is defined.
 *
 * <p>Source: PostgreSQL documentation, chapter 53 "System Catalogs": pg_class, pg_attribute,
 * pg_index, pg_trigger, pg_constraint.
 */
final class TableShapeQueries {
    private static final String FIND =
            """
            select c.oid, c.relkind::text as kind
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p')""";
    private static final String SCHEMAS =
            """
            select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relname = ? and c.relkind in ('r', 'p')
               and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
             order by 1""";
    private static final String COLUMNS =
            """
            select attname, format_type(atttypid, atttypmod) as type,
                   attgenerated <> '' as generated
              from pg_attribute
             where attrelid = ?::bigint::oid and attnum > 0 and not attisdropped
             order by attnum""";
    private static final String KEY =
            """
            select a.attname
              from pg_index x
             cross join lateral unnest(x.indkey::int2[]) with ordinality k(attnum, place)
              join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
             where x.indrelid = ?::bigint::oid and x.indisprimary
             order by k.place""";
    private static final String TRIGGERS =
            """
            select tgname from pg_trigger
             where tgrelid = ?::bigint::oid and not tgisinternal and tgenabled in ('O', 'A')
               and (tgtype & 20) <> 0
             order by tgname""";
    private static final String REFERENCES =
            """
            select distinct n.nspname || '.' || c.relname as name
              from pg_constraint f join pg_class c on c.oid = f.confrelid
              join pg_namespace n on n.oid = c.relnamespace
             where f.contype = 'f' and f.conrelid = ?::bigint::oid
             order by 1""";
    private static final String REFERENCED_BY =
            """
            select n.nspname || '.' || c.relname || ' (' || f.conname || ')' as name
              from pg_constraint f join pg_class c on c.oid = f.conrelid
              join pg_namespace n on n.oid = c.relnamespace
             where f.contype = 'f' and f.confrelid = ?::bigint::oid
               and f.conrelid <> f.confrelid
             order by 1""";
    private static final String SEQUENCES =
            """
            select a.attname,
                   quote_ident(n.nspname) || '.' || quote_ident(s.relname) as sequence
              from pg_depend d
              join pg_class s on s.oid = d.objid and s.relkind = 'S'
              join pg_namespace n on n.oid = s.relnamespace
              join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
             where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
               and d.refobjid = ?::bigint::oid and d.deptype in ('a', 'i')
             order by a.attnum""";

    private final Database session;

    TableShapeQueries(Database session) {
        this.session = session;
    }

    List<String> schemasOf(String name) throws RecoveryException {
        return session.query(row -> row.text("nspname"), SCHEMAS, name);
    }

    Optional<TableShape> read(String schema, String name) throws RecoveryException {
        record Found(long oid, char kind) {}
        Optional<Found> found =
                session.first(
                        row -> new Found(row.number("oid"), row.text("kind").charAt(0)),
                        FIND,
                        schema,
                        name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long oid = found.get().oid;
        return Optional.of(
                new TableShape(
                        oid,
                        schema,
                        name,
                        found.get().kind,
                        session.query(
                                row ->
                                        new Column(
                                                row.text("attname"),
                                                row.text("type"),
                                                row.bool("generated")),
                                COLUMNS,
                                oid),
                        session.query(row -> row.text("attname"), KEY, oid),
                        session.query(row -> row.text("tgname"), TRIGGERS, oid),
                        session.query(row -> row.text("name"), REFERENCES, oid),
                        session.query(row -> row.text("name"), REFERENCED_BY, oid),
                        session.query(
                                row -> new OwnedSequence(row.text("attname"), row.text("sequence")),
                                SEQUENCES,
                                oid)));
    }
}
