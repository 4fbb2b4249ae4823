package dev.lifeboat.wal;

/**
 * The file of a relation, as WAL names it. The number changes when the relation is rewritten or
 * truncated; it is no OID of {@code pg_class}.
 *
 * <p>Source: {@code src/include/storage/relfilelocator.h} (relfilenode.h in 15).
 *
 * @param tablespace its OID
 * @param database its OID; 0 for a relation that all databases share
 * @param number {@code pg_class.relfilenode}
 */
public record RelationFile(long tablespace, long database, long number) {
    /** {@code 1663/16384/24576}, as {@code pg_waldump} prints it. */
    @Override
    public String toString() {
        return tablespace + "/" + database + "/" + number;
    }
}
