package dev.lifeboat.wal.find;

/**
 * A row of {@code pg_class}.
 *
 * @param oid of the relation
 * @param schema OID of its schema
 * @param tablespace 0 for the database's own
 * @param file {@code relfilenode}; 0 for a relation without a file, and for mapped ones
 * @param kind {@code relkind}
 * @param temporary whether it belongs to one session
 * @param rows the server's estimate; -1 when there is none
 */
public record NamedRelation(
        long oid,
        String name,
        long schema,
        long tablespace,
        long file,
        char kind,
        boolean temporary,
        long rows) {
    /** Whether rows of the application lie in it: no index, no table of long values. */
    public boolean isTable() {
        return kind == 'r' || kind == 'm';
    }

    /** Whether its owner would miss it by its own name: not an index, not an internal relation. */
    public boolean isNamedByPeople() {
        return "rmpvfS".indexOf(kind) >= 0;
    }
}
