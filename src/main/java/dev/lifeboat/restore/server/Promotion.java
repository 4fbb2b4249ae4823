package dev.lifeboat.restore.server;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;

/** Makes a paused server a writable one. */
public final class Promotion {
    private static final int WAIT_SECONDS = 600;

    private Promotion() {}

    /**
     * Promotes; a server that was promoted already is left as it is.
     *
     * @param files writes the configuration without any setting of recovery
     * @return the new timeline
     * @throws RecoveryException RESTORE_FAILED when the server does not leave recovery
     */
    public static long promote(
            RecoveryServer server,
            ServerFiles files,
            ManagedConfiguration configuration,
            CancelToken cancel)
            throws RecoveryException {
        try (Database session = server.connect(cancel)) {
            boolean promoted =
                    session.one(
                            row -> row.bool("promoted"),
                            "SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, "
                                    + WAIT_SECONDS
                                    + ") ELSE true END AS promoted");
            if (!promoted) {
                throw new RecoveryException(
                        ProblemCode.RESTORE_FAILED,
                        "The server did not leave recovery.",
                        "It was asked to and did not within " + WAIT_SECONDS + " s.",
                        "Look into " + server.logFile() + "; then: lifeboat restores promote ID.");
            }
        }
        files.configure(configuration, Phase.PROMOTED);
        server.reload();
        try (Database session = server.connect(cancel)) {
            session.execute("CHECKPOINT");
            return session.one(
                    row -> row.number("timeline"),
                    "SELECT timeline_id AS timeline FROM pg_control_checkpoint()");
        }
    }
}
