package dev.lifeboat.backup;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalPresence;

import java.time.Duration;
import java.util.List;

/** Waits until the archive holds segments that the server has finished. */
final class WalArrival {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final WalPresence archive;
    private final ConnectionSpec database;
    private final Duration patience;

    /**
     * @param patience how long nothing may arrive before it counts as broken
     */
    WalArrival(WalPresence archive, ConnectionSpec database, Duration patience) {
        this.archive = archive;
        this.database = database;
        this.patience = patience;
    }

    /**
     * @throws RecoveryException ARCHIVING_BROKEN when they do not arrive
     */
    void await(WalSegment first, WalSegment last, Progress progress, CancelToken cancel)
            throws RecoveryException {
        progress.waitFor("WAL archiving");
        try {
            List<WalSegment> missing = archive.missing(first, last);
            long since = System.nanoTime();
            while (!missing.isEmpty()) {
                cancel.sleep(INTERVAL);
                List<WalSegment> left = archive.missing(first, last);
                if (left.size() < missing.size()) {
                    since = System.nanoTime();
                }
                missing = left;
                if (!missing.isEmpty() && System.nanoTime() - since > patience.toNanos()) {
                    throw broken(missing, cancel);
                }
            }
        } finally {
            progress.waitFor("");
        }
    }

    private RecoveryException broken(List<WalSegment> missing, CancelToken cancel)
            throws RecoveryException {
        try (Database session = Database.connect(database, cancel)) {
            ArchiverInfo archiver = ArchiverInfo.read(session);
            String first = missing.getFirst().name();
            if (archiver.isFailing()
                    || archiver.lastArchived()
                            .filter(last -> last.compareTo(first) >= 0)
                            .isEmpty()) {
                return ArchiveWatch.broken(archiver, patience);
            }
            return new RecoveryException(
                    ProblemCode.ARCHIVING_BROKEN,
                    "The server archives its WAL, but not to this archive.",
                    "It says that "
                            + archiver.lastArchived().orElseThrow()
                            + " was archived, and "
                            + archive.name()
                            + " does not hold "
                            + first
                            + ".",
                    "Set archive_command = 'lifeboat wal push %p' with the same bucket and prefix as"
                            + " this command has, reload the server, then take the backup again.");
        }
    }
}
