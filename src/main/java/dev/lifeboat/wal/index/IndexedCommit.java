package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;

/**
 * A committed transaction.
 *
 * @param xid top-level; unsigned
 * @param time in its commit record, by the clock of the server
 * @param lsn where that record starts: recovery that stops here, exclusive, leaves it out
 */
public record IndexedCommit(int xid, Instant time, Lsn lsn) {}
