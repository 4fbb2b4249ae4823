package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code pg_waldump} found in a stretch of WAL.
 *
 * @param records how many valid records there are
 * @param firstRecord position of the first; empty when there is none
 * @param lastRecord position of the last
 * @param end where the last record ends: what {@code pg_current_wal_insert_lsn()} said when it was
 *     written; a segment switch ends with its segment
 * @param firstCommit the first transaction that committed
 * @param lastCommit the last one
 * @param stoppedBy why the program went no further, in its own words; empty when it was told to
 *     stop
 */
public record WalDumpScan(
        long records,
        Optional<Lsn> firstRecord,
        Optional<Lsn> lastRecord,
        Optional<Lsn> end,
        Optional<TransactionEnd> firstCommit,
        Optional<TransactionEnd> lastCommit,
        List<RestorePoint> restorePoints,
        String stoppedBy) {
    public WalDumpScan {
        restorePoints = List.copyOf(restorePoints);
    }

    /**
     * A commit or abort.
     *
     * @param lsn where its record begins
     * @param end where its record ends
     */
    public record TransactionEnd(long xid, Lsn lsn, Lsn end, Instant time, boolean committed) {}

    /**
     * A named restore point.
     *
     * @param lsn where its record begins
     * @param end where its record ends
     */
    public record RestorePoint(String name, Lsn lsn, Lsn end) {}
}
