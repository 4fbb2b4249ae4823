package dev.lifeboat.backup;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.wal.archive.ArchiveOwner;
import dev.lifeboat.wal.archive.ClusterIdentity;

import java.util.Optional;

/** What must hold before a backup is begun. */
final class BaseChecks {
    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    private BaseChecks() {}

    /**
     * @throws RecoveryException VERSION_MISMATCH for a server that is older than 15 or newer than
     *     18
     */
    static void requireKnownVersion(ServerInfo server) throws RecoveryException {
        int major = server.version().major();
        if (major < OLDEST || major > NEWEST) {
            throw new RecoveryException(
                    ProblemCode.VERSION_MISMATCH,
                    "The server runs PostgreSQL " + server.version() + ".",
                    "This version of Lifeboat backs up and restores PostgreSQL 15 to 18.",
                    "Use a Lifeboat that knows this version.");
        }
    }

    /**
     * @throws RecoveryException ROLE_WITHOUT_RIGHTS when the role may not take base backups
     */
    static void requireReplication(ServerInfo server) throws RecoveryException {
        if (!server.role().replication()) {
            throw new RecoveryException(
                    ProblemCode.ROLE_WITHOUT_RIGHTS,
                    "The role " + server.role().name() + " may not take base backups.",
                    "It is neither a superuser nor has it the attribute REPLICATION.",
                    "Run as a superuser: ALTER ROLE \""
                            + server.role().name()
                            + "\" REPLICATION; and allow it `replication` in pg_hba.conf.");
        }
    }

    /**
     * @throws RecoveryException ARCHIVING_BROKEN when the server archives no WAL: a base without it
     *     cannot be restored
     */
    static void requireArchiving(Database session) throws RecoveryException {
        ArchiverInfo archiver = ArchiverInfo.read(session);
        if (archiver.isOn() && !archiver.walLevel().equals("minimal")) {
            return;
        }
        throw new RecoveryException(
                ProblemCode.ARCHIVING_BROKEN,
                "The server does not archive its WAL.",
                "archive_mode is "
                        + archiver.mode()
                        + " and wal_level is "
                        + archiver.walLevel()
                        + ".",
                "Set wal_level = replica, archive_mode = on and archive_command = 'lifeboat wal push"
                        + " %p' in postgresql.conf, and restart the server.");
    }

    /**
     * @throws RecoveryException SYSTEM_IDENTIFIER_FOREIGN when the newest base under the prefix is
     *     of another cluster
     */
    static void requireOwn(ArchiveOwner owner, ServerInfo server) throws RecoveryException {
        var own = new ClusterIdentity(server.systemIdentifier(), server.version().major());
        Optional<ClusterIdentity> newest = owner.newestBase();
        if (newest.isPresent() && !newest.get().equals(own)) {
            throw new RecoveryException(
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    "The bucket holds the bases of another cluster.",
                    "The newest is of " + newest.get() + ", and the server is " + own + ".",
                    "Set a prefix of its own for this cluster (export BACKUP_PREFIX=NAME, or"
                            + " `prefix` in its profile), also for its archive_command.");
        }
    }
}
