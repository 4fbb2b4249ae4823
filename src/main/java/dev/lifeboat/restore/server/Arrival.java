package dev.lifeboat.restore.server;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.restore.Goal;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a paused server stands.
 *
 * @param replayed the end of the last record that was replayed
 * @param time of the last commit or abort that was replayed, as far as this start of the server
 *     knows
 * @param paused whether it is in recovery and pauses
 */
public record Arrival(Lsn replayed, Optional<Instant> time, boolean paused) {
    /** Asks the server. */
    public static Arrival of(RecoveryServer server, CancelToken cancel) throws RecoveryException {
        try (Database session = server.connect(cancel)) {
            return session.one(
                    row ->
                            new Arrival(
                                    row.optionalLsn("lsn").orElse(Lsn.ZERO),
                                    row.optionalInstant("time"),
                                    row.optionalText("state").orElse("").equals("paused")),
                    "SELECT pg_last_wal_replay_lsn() AS lsn,"
                            + " pg_last_xact_replay_timestamp() AS time,"
                            + " CASE WHEN pg_is_in_recovery()"
                            + " THEN pg_get_wal_replay_pause_state() END AS state");
        }
    }

    /**
     * Asserts that this is the end the plan fixed.
     *
     * @throws RecoveryException END_NOT_REACHED when it is not
     */
    public void require(Goal goal) throws RecoveryException {
        if (!paused) {
            throw elsewhere("The server does not pause.");
        }
        if (replayed.isBefore(goal.mustReach())) {
            throw elsewhere(
                    "It stands at "
                            + replayed
                            + " and must have come to "
                            + goal.mustReach()
                            + ".");
        }
        if (goal.mustNotPass().isPresent() && replayed.isAfter(goal.mustNotPass().get())) {
            throw elsewhere(
                    "It stands at "
                            + replayed
                            + " and must not have passed "
                            + goal.mustNotPass().get()
                            + ".");
        }
        requireTime(goal);
    }

    /**
     * The clock of the source agrees, where the server can tell: one that started behind the last
     * transaction saw none, and one that stops right behind a commit does not count it.
     *
     * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, recoveryStopsAfter: an LSN
     * target returns before SetLatestXTime.
     */
    private void requireTime(Goal goal) throws RecoveryException {
        if (time.isEmpty() || goal.lastEndingAt().isEmpty() || mayStopAtAnEnding(goal)) {
            return;
        }
        if (!time.equals(goal.lastEndingAt())) {
            throw elsewhere(
                    "The last transaction it replayed is of "
                            + time.get()
                            + ", and by the plan it is of "
                            + goal.lastEndingAt().get()
                            + ".");
        }
    }

    private static boolean mayStopAtAnEnding(Goal goal) {
        boolean inclusive = "true".equals(goal.settings().get("recovery_target_inclusive"));
        boolean endsWithCommit =
                goal.lastIncluded()
                        .filter(last -> goal.lastEndingAt().equals(Optional.of(last.endedAt())))
                        .filter(
                                last ->
                                        !last.lsn()
                                                .toString()
                                                .equals(goal.settings().get("recovery_target_lsn")))
                        .isPresent();
        return inclusive && !endsWithCommit;
    }

    private static RecoveryException elsewhere(String why) {
        return new RecoveryException(
                ProblemCode.END_NOT_REACHED,
                "The server is not where the plan says.",
                why,
                "Do not use it: discard this restore, and make a new plan.");
    }
}
