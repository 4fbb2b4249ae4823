package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.WalEvent;

import java.time.Instant;
import java.util.List;

/**
 * Something rare in a segment. Transactions are named as their records name them: a
 * subtransaction's change carries the subtransaction's number, and whether it came to anything is
 * told by the commit, which may lie in a later segment.
 */
public sealed interface IndexNote {
    /** How many files a note names at most; the count tells how many there are. */
    int MOST_FILES = 32;

    /** So many rows of one relation changed by one transaction within a segment are noted. */
    int NOTED_ROWS = 100;

    /** Where the record starts; of several, the first. */
    Lsn at();

    /**
     * An event as the log tells it: restore points, parameter changes, ends of recovery and of
     * backups, overwritten records, databases and tablespaces made and dropped, tables truncated.
     */
    record Event(WalEvent event) implements IndexNote {
        @Override
        public Lsn at() {
            return event.start();
        }
    }

    /**
     * A transaction committed with which files of relations went away: dropped, truncated,
     * rewritten.
     *
     * @param end where the commit record ends
     * @param xid top-level; unsigned
     * @param database OID where the record tells it, else 0
     * @param count of all files
     * @param files the first of them
     */
    record FilesDropped(
            Lsn at,
            Lsn end,
            int xid,
            Instant time,
            long database,
            long count,
            List<RelationFile> files)
            implements IndexNote {
        public FilesDropped {
            files = List.copyOf(files);
        }
    }

    /** A transaction made files of relations: created, truncated or rewrote them. */
    record FilesCreated(Lsn at, int xid, long count, List<RelationFile> files)
            implements IndexNote {
        public FilesCreated {
            files = List.copyOf(files);
        }
    }

    /**
     * Many rows of one relation were changed by one transaction in this segment; the transaction
     * may go on in the next one.
     */
    record RowsChanged(
            Lsn at, int xid, RelationFile relation, long inserted, long updated, long deleted)
            implements IndexNote {}
}
