package dev.lifeboat.backup;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * Watches a base backup from beside: at its end the server waits, without a limit of its own, until
 * the last segment was archived. When nothing is archived for too long the backup is stopped and
 * says why.
 *
 * <p>Source: PostgreSQL documentation, 55.4 "Streaming Replication Protocol", BASE_BACKUP, option
 * WAIT; 28.4.6 "Base Backup Progress Reporting".
 */
final class ArchiveWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String WAITING = "waiting for wal archiving to finish";

    private final ConnectionSpec database;
    private final Duration patience;
    private final Progress progress;
    private final CancelToken stopBackup = new CancelToken();
    private final CancelToken stopWatching = new CancelToken();
    private final CancelToken.Registration outer;
    private final Thread thread;
    private volatile RecoveryException verdict;

    private ArchiveWatch(
            ConnectionSpec database, Duration patience, Progress progress, CancelToken cancel) {
        this.database = database;
        this.patience = patience;
        this.progress = progress;
        this.outer = cancel.onCancel(stopBackup::cancel);
        this.thread = Thread.ofPlatform().daemon().name("archive-watch").unstarted(this::watch);
    }

    static ArchiveWatch start(
            ConnectionSpec database, Duration patience, Progress progress, CancelToken cancel) {
        var watch = new ArchiveWatch(database, patience, progress, cancel);
        watch.thread.start();
        return watch;
    }

    /** What the backup runs under: cancelled with the caller's own token, or by the watch. */
    CancelToken token() {
        return stopBackup;
    }

    /** The reason when it was the watch that stopped the backup. */
    Optional<RecoveryException> verdict() {
        return Optional.ofNullable(verdict);
    }

    private void watch() {
        try (Database session = Database.connect(database, stopWatching)) {
            long archived = -1;
            long since = System.nanoTime();
            while (true) {
                stopWatching.sleep(INTERVAL);
                ArchiverInfo archiver = ArchiverInfo.read(session);
                boolean waiting = waits(session);
                if (!waiting || archiver.archivedCount() != archived) {
                    since = System.nanoTime();
                    archived = archiver.archivedCount();
                }
                progress.waitFor(waiting ? "WAL archiving" : "");
                if (System.nanoTime() - since > patience.toNanos()) {
                    verdict = broken(archiver, patience);
                    stopBackup.cancel();
                    return;
                }
            }
        } catch (CancelledException over) {
            LOG.debug("The archive is no longer watched.");
        } catch (RecoveryException blind) {
            LOG.warn("The backup goes on without a watch over archiving.", blind);
        }
    }

    private static boolean waits(Database session) throws RecoveryException {
        return session.query(
                        row -> row.text("phase"), "select phase from pg_stat_progress_basebackup")
                .contains(WAITING);
    }

    /** Names the archiver's last failure. */
    static RecoveryException broken(ArchiverInfo archiver, Duration patience) {
        String failure =
                archiver.isFailing()
                        ? "archive_command failed last for "
                                + archiver.lastFailed().orElse("?")
                                + " at "
                                + archiver.lastFailedAt().orElseThrow()
                                + " ("
                                + archiver.failedCount()
                                + " failures in all)."
                        : "pg_stat_archiver knows of no failure since "
                                + archiver.lastArchived().orElse("the server's start")
                                + " was archived.";
        return new RecoveryException(
                ProblemCode.ARCHIVING_BROKEN,
                "The WAL this backup needs is not being archived.",
                "Nothing was archived for " + patience.toSeconds() + " seconds; " + failure,
                "Look into the server's log for the messages of archive_command, run that command by"
                        + " hand as the server's OS user in the data directory, then take the"
                        + " backup again.");
    }

    @Override
    public void close() {
        stopWatching.cancel();
        outer.close();
        progress.waitFor("");
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
