package dev.lifeboat.restore.handover;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.CollationCheck;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The restored server once it runs with its own settings, as its superuser meets it. */
final class HandedServer {
    /** The server tries so often before it rests for a minute. */
    private static final int TRIES = 3;

    private static final Duration POLL = Duration.ofMillis(100);

    private final ConnectionSpec door;
    private final CancelToken cancel;

    /**
     * @param door by the private socket, into a database that is there
     */
    HandedServer(ConnectionSpec door, CancelToken cancel) {
        this.door = door;
        this.cancel = cancel;
    }

    /**
     * Asserts that it is the cluster that was restored, writable, on its own timeline.
     *
     * @throws RecoveryException SERVER_FAILED when it is not
     */
    void requireItself(String systemIdentifier, long timeline, boolean archives)
            throws RecoveryException {
        try (Database session = Database.connect(door, cancel)) {
            session.execute("CHECKPOINT");
            ServerInfo server = ServerInfo.read(session);
            if (server.inRecovery()) {
                throw HandoverProblems.notItself("It is in recovery.");
            }
            if (!server.systemIdentifier().equals(systemIdentifier)) {
                throw HandoverProblems.notItself(
                        "Its system identifier is " + server.systemIdentifier() + ".");
            }
            if (server.timeline() != timeline) {
                throw HandoverProblems.notItself(
                        "It is on timeline " + server.timeline() + " instead of " + timeline + ".");
            }
            String mode = setting(session, "archive_mode");
            if (mode.equals("off") == archives) {
                throw HandoverProblems.notItself("Its archive_mode is " + mode + ".");
            }
            if (!setting(session, "fsync").equals("on")) {
                throw HandoverProblems.notItself("Its fsync is off: a crash would lose data.");
            }
        }
    }

    /**
     * Finishes a segment and waits until the archive took it.
     *
     * @throws RecoveryException ARCHIVING_BROKEN when it was refused, or not taken in time
     */
    void requireArchiving(Duration patience, Object log) throws RecoveryException {
        try (Database session = Database.connect(door, cancel)) {
            session.execute("SELECT pg_stat_reset_shared('archiver')");
            session.execute("SELECT pg_create_restore_point('handed over')");
            String segment =
                    session.one(
                            row -> row.text("segment"),
                            "SELECT pg_walfile_name(pg_switch_wal()) AS segment");
            long deadline = System.nanoTime() + patience.toNanos();
            while (!isArchived(session, segment)) {
                Optional<String> failed = failure(session);
                if (failed.isPresent() || System.nanoTime() > deadline) {
                    throw HandoverProblems.archivingBroken(
                            segment,
                            failed.map(name -> "archive_command refused " + name)
                                    .orElse("within " + patience.toSeconds() + " s"),
                            log);
                }
                cancel.sleep(POLL);
            }
        }
    }

    private static boolean isArchived(Database session, String segment) throws RecoveryException {
        return session.one(
                row -> row.bool("done"),
                "SELECT coalesce(substr(last_archived_wal, 1, 24) >= ?, false)"
                        + " AND last_archived_wal NOT LIKE '%.history' AS done FROM pg_stat_archiver",
                segment);
    }

    private static Optional<String> failure(Database session) throws RecoveryException {
        return session.one(
                row -> row.optionalText("failed"),
                "SELECT CASE WHEN failed_count >= "
                        + TRIES
                        + " THEN last_failed_wal END AS failed FROM pg_stat_archiver");
    }

    /** Gathers statistics in every database that lets sessions in. */
    void analyze() throws RecoveryException {
        for (String name : databases()) {
            try (Database session = Database.connect(door.withDatabase(name), cancel)) {
                session.execute("ANALYZE");
            }
        }
    }

    /** Commands that rebuild what is sorted by another libc or ICU than this machine has. */
    List<String> reindex() throws RecoveryException {
        List<String> commands = new ArrayList<>();
        for (String name : databases()) {
            try (Database session = Database.connect(door.withDatabase(name), cancel)) {
                for (String index : CollationCheck.indexesInDoubt(session)) {
                    commands.add(name + ": REINDEX INDEX CONCURRENTLY " + index);
                }
            }
        }
        return commands;
    }

    private List<String> databases() throws RecoveryException {
        try (Database session = Database.connect(door, cancel)) {
            return session.query(
                    row -> row.text("datname"),
                    "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate"
                            + " ORDER BY 1");
        }
    }

    private static String setting(Database session, String name) throws RecoveryException {
        return session.one(row -> row.text("value"), "SELECT current_setting(?) AS value", name);
    }
}
