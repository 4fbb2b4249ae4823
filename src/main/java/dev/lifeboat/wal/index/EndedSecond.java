package dev.lifeboat.wal.index;

import java.time.Instant;
import java.util.Optional;

/**
 * Transactions that ended one after another in the log, all within one second of the server's
 * clock. When the clock went back, a later one in the log is of an earlier second, and the same
 * second may come twice.
 *
 * @param epochSecond since 1970
 * @param earliest the lowest time of a commit or abort among them
 * @param latest the highest one; recovery to a time stops before the first that lies behind it
 * @param lastCommit the last one in the log; empty when all aborted
 */
public record EndedSecond(
        long epochSecond,
        long commits,
        long aborts,
        Instant earliest,
        Instant latest,
        Optional<IndexedCommit> lastCommit) {}
