package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record that is rare and matters: positions as in {@link WalRecord#start()} and {@link
 * WalRecord#end()}, OIDs unsigned.
 *
 * <p>Source: {@code src/include/catalog/pg_control.h}, {@code access/xlog_internal.h}, {@code
 * commands/dbcommands_xlog.h}, {@code commands/tablespace.h}, {@code catalog/storage_xlog.h},
 * {@code access/heapam_xlog.h}, {@code storage/standbydefs.h}, {@code utils/relmapper.h}.
 */
public sealed interface WalEvent {
    /** Where the record starts. */
    Lsn start();

    /** Where the record ends: replaying up to here includes it. */
    Lsn end();

    /** How much is logged. Source: {@code src/include/access/xlog.h}, WalLevel. */
    enum WalLevel {
        /** Not enough to recover from a base backup. */
        MINIMAL,
        REPLICA,
        LOGICAL
    }

    /**
     * A checkpoint.
     *
     * @param redo where replay after a crash begins
     * @param shutdown whether the server was being shut down, or recovery ended
     * @param nextXid the next transaction, with its epoch in the upper 32 bits
     * @param time to the second
     * @param walLevel what was logged then; from 17 on
     */
    record Checkpoint(
            Lsn start,
            Lsn end,
            Lsn redo,
            TimelineId timeline,
            TimelineId previousTimeline,
            boolean shutdown,
            boolean fullPageWrites,
            long nextXid,
            Instant time,
            Optional<WalLevel> walLevel)
            implements WalEvent {}

    /** A name given to this position with {@code pg_create_restore_point}. */
    record RestorePoint(Lsn start, Lsn end, Instant time, String name) implements WalEvent {}

    /** The settings a standby must match, as they are from here on. */
    record ParameterChange(
            Lsn start,
            Lsn end,
            int maxConnections,
            int maxWorkerProcesses,
            int maxWalSenders,
            int maxPreparedTransactions,
            int maxLocksPerTransaction,
            WalLevel walLevel,
            boolean walLogHints,
            boolean trackCommitTimestamp)
            implements WalEvent {}

    /** A promotion: from here on the log is of this timeline. */
    record EndOfRecovery(
            Lsn start, Lsn end, Instant time, TimelineId timeline, TimelineId previousTimeline)
            implements WalEvent {}

    /** The rest of the segment is unused. */
    record Switch(Lsn start, Lsn end) implements WalEvent {}

    /**
     * An online backup ended here.
     *
     * @param backupStart its REDO position
     */
    record BackupEnd(Lsn start, Lsn end, Lsn backupStart) implements WalEvent {}

    /** {@code full_page_writes} from here on. */
    record FullPageWritesChange(Lsn start, Lsn end, boolean on) implements WalEvent {}

    /**
     * Stands in place of the rest of a record that a crash cut off.
     *
     * @param overwritten where the void record starts
     */
    record ContinuationOverwritten(Lsn start, Lsn end, Lsn overwritten, Instant time)
            implements WalEvent {}

    /**
     * The server's own note of what runs: every other transaction below {@code oldestXid} is over,
     * also when no record says how. Prepared ones count as running.
     */
    record RunningTransactions(Lsn start, Lsn end, int nextXid, int oldestXid)
            implements WalEvent {}

    /**
     * A database was made.
     *
     * @param xid the transaction that asked; its commit makes the database visible
     * @param copiedFrom the template, when replay copies its files; empty when every page was
     *     logged
     */
    record DatabaseCreated(
            Lsn start, Lsn end, int xid, DatabaseFiles files, Optional<DatabaseFiles> copiedFrom)
            implements WalEvent {}

    /** The files of one database in one tablespace. */
    record DatabaseFiles(long database, long tablespace) {}

    /** A database's files go away at this record, before its transaction commits. */
    record DatabaseDropped(Lsn start, Lsn end, int xid, long database, List<Long> tablespaces)
            implements WalEvent {}

    /**
     * A tablespace was made.
     *
     * @param path absolute, on the server that wrote it
     */
    record TablespaceCreated(Lsn start, Lsn end, int xid, long tablespace, String path)
            implements WalEvent {}

    /** A tablespace goes away at this record, before its transaction commits. */
    record TablespaceDropped(Lsn start, Lsn end, int xid, long tablespace) implements WalEvent {}

    /**
     * A relation got a new file: created, rewritten or truncated.
     *
     * @param fork 0 the relation itself, 1 free space map, 2 visibility map, 3 init fork
     */
    record RelationFileCreated(Lsn start, Lsn end, int xid, RelationFile file, int fork)
            implements WalEvent {}

    /**
     * A relation's file was cut, by VACUUM, or by TRUNCATE in the transaction that made it.
     *
     * @param blocks how many remain; unsigned
     */
    record RelationFileTruncated(Lsn start, Lsn end, int xid, RelationFile file, long blocks)
            implements WalEvent {}

    /**
     * System tables whose files {@code pg_class} does not name got new files.
     *
     * @param database its OID; 0 for the tables that all databases share
     * @param files by the OID of the table, all of them
     */
    record RelationMapUpdated(Lsn start, Lsn end, long database, Map<Long, Long> files)
            implements WalEvent {
        public RelationMapUpdated {
            files = Map.copyOf(files);
        }
    }

    /**
     * TRUNCATE, as logged with {@code wal_level = logical} in addition to what it does to files.
     *
     * @param relations OIDs of {@code pg_class}, restarted sequences among them
     */
    record TablesTruncated(
            Lsn start,
            Lsn end,
            int xid,
            long database,
            List<Long> relations,
            boolean cascade,
            boolean restartedSequences)
            implements WalEvent {}
}
