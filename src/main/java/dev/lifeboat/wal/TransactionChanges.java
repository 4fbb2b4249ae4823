package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.List;

/**
 * What one committed transaction did, its subtransactions included.
 *
 * @param xid top-level; unsigned
 * @param time when it committed, by the clock of the server
 * @param firstRecord where its first record starts, as far as the log was read
 * @param commit where its commit record starts: recovery that stops here, exclusive, leaves it out
 * @param end where its commit record ends
 * @param database its OID where the log tells it, else 0
 * @param relations the relations whose rows it changed, by their files
 * @param dropped the files that went away with it: of dropped, truncated and rewritten relations
 * @param created the files it made
 */
public record TransactionChanges(
        int xid,
        Instant time,
        Lsn firstRecord,
        Lsn commit,
        Lsn end,
        long database,
        List<Rows> relations,
        List<RelationFile> dropped,
        List<RelationFile> created) {
    /**
     * Changes to the rows of one relation. A row that moved to another partition counts as deleted
     * here and inserted there.
     */
    public record Rows(RelationFile relation, long inserted, long updated, long deleted) {}

    public TransactionChanges {
        relations = List.copyOf(relations);
        dropped = List.copyOf(dropped);
        created = List.copyOf(created);
    }
}
