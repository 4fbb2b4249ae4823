package dev.lifeboat.restore.handover;

import dev.lifeboat.catalog.configuration.ConfigSearch;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a handover needs of the world outside the restored copy. */
public interface HandoverWorld {
    /**
     * Looks at the server that is replaced.
     *
     * @param systemIdentifier of the cluster that was restored
     */
    OldServer oldServer(String systemIdentifier, CancelToken cancel) throws RecoveryException;

    /**
     * Looks for the configuration that the cluster had outside its data directory.
     *
     * @param until the moment that was restored
     * @throws RecoveryException when the backups cannot be asked
     */
    ConfigSearch.Found configuration(
            String systemIdentifier, Optional<Instant> until, CancelToken cancel)
            throws RecoveryException;

    /** How the server archives. */
    Archiving archiving() throws RecoveryException;

    /**
     * Puts a {@code .history} file into the archive.
     *
     * @throws RecoveryException WAL_CONFLICT when another one has its name
     */
    void archiveHistory(String name, byte[] content) throws RecoveryException;

    /**
     * Takes a base of the handed-over server.
     *
     * @return its id
     */
    String takeBase(ConnectionSpec database, CancelToken cancel) throws RecoveryException;

    /**
     * How the server archives.
     *
     * @param command {@code archive_command}
     * @param environment what the command needs; it may hold secrets
     */
    record Archiving(String command, Map<String, String> environment) {}
}
