package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The end that replay must reach, fixed from the archive before the restore begins and asserted
 * when it ends.
 *
 * @param settings the {@code recovery_target*} settings that stop the server there, {@code
 *     recovery_target_action} apart
 * @param mustReach replay must have come at least this far: the end of the last record that belongs
 *     to the target
 * @param mustNotPass replay must not have gone beyond this: the start of the first record that no
 *     longer belongs to it; empty when the archive ends before such a record
 * @param lastIncluded the last transaction that will be there; empty when none committed between
 *     the base and the target
 * @param lastEndingAt the time in the last commit or abort record before the end: what {@code
 *     pg_last_xact_replay_timestamp()} answers there; empty when there is none
 * @param firstExcluded the first transaction that will be missing; empty when none is known
 * @param lastSegment the file name of the last segment that replay may ask for
 */
public record Goal(
        Map<String, String> settings,
        Lsn mustReach,
        Optional<Lsn> mustNotPass,
        Optional<Transaction> lastIncluded,
        Optional<Instant> lastEndingAt,
        Optional<Transaction> firstExcluded,
        String lastSegment) {
    public Goal {
        settings = Map.copyOf(settings);
    }

    /**
     * A transaction that ended.
     *
     * @param xid as an unsigned 32-bit number
     * @param endedAt the time in its commit or abort record
     * @param lsn where that record starts
     * @param end where it ends
     */
    public record Transaction(long xid, Instant endedAt, Lsn lsn, Lsn end) {}
}
