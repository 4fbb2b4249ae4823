package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/**
 * Indexes on text that were sorted by another version of libc or ICU than the server has now: they
 * may miss rows that are there until they are rebuilt.
 *
 * <p>Source: PostgreSQL documentation, ALTER COLLATION, "Notes"; pg_database.datcollversion.
 */
public final class CollationCheck {
    private CollationCheck() {}

    /** Quoted names of the indexes of the session's database, in a stable order. */
    public static List<String> indexesInDoubt(Database session) throws RecoveryException {
        DatabaseInfo database = DatabaseInfo.read(session);
        List<String> names =
                database.collations().stream()
                        .filter(DatabaseInfo.Collation::differs)
                        .map(DatabaseInfo.Collation::name)
                        .toList();
        DatabaseInfo.Locale locale = database.locale();
        boolean itself =
                locale.recordedVersion().isPresent()
                        && locale.actualVersion().isPresent()
                        && !locale.recordedVersion().equals(locale.actualVersion());
        if (names.isEmpty() && !itself) {
            return List.of();
        }
        return session.query(
                row -> row.text("name"),
                """
                select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
                  from pg_index i join pg_class c on c.oid = i.indexrelid
                  join pg_namespace n on n.oid = c.relnamespace
                 where exists (select 1
                          from unnest(i.indcollation::oid[]) k(collation_oid)
                          join pg_collation o on o.oid = k.collation_oid
                         where (o.collname = 'default' and ?) or o.collname = any(string_to_array(?, chr(10))))
                   and n.nspname not like 'pg\\_toast%'
                 order by 1""",
                itself,
                String.join("\n", names));
    }
}
