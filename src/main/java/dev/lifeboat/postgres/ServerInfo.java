package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts about a server, told by itself.
 *
 * @param versionText as {@code version()} prints it, with platform and compiler
 * @param systemIdentifier an unsigned 64-bit number, as text
 * @param timeline of the last checkpoint
 * @param inRecovery whether it is a standby, or paused in a recovery
 * @param walSegmentBytes size of a WAL segment
 * @param pageChecksums whether pages carry checksums
 * @param limits max_connections and its like
 * @param role what the session may do
 * @param paths where it keeps its files; empty when the role may not know
 * @param tablespaces other than the two built-in ones
 * @param providerVersions version of each locale provider there ({@code c} libc, {@code i} ICU)
 */
public record ServerInfo(
        PgVersion version,
        String versionText,
        String systemIdentifier,
        int timeline,
        boolean inRecovery,
        int walSegmentBytes,
        boolean pageChecksums,
        RecoveryLimits limits,
        Role role,
        Optional<Paths> paths,
        List<Tablespace> tablespaces,
        Map<String, String> providerVersions) {
    public ServerInfo {
        tablespaces = List.copyOf(tablespaces);
        providerVersions = Map.copyOf(providerVersions);
    }

    /**
     * What the session's role may do.
     *
     * @param replication whether it may take base backups
     */
    public record Role(
            String name, boolean superuser, boolean replication, boolean createDatabase) {}

    /** The server's own files, on its machine. */
    public record Paths(Path dataDirectory, Path configFile, Path hbaFile, Path identFile) {}

    /**
     * A tablespace.
     *
     * @param location its directory on the server's machine
     */
    public record Tablespace(long oid, String name, String location) {}

    ServerInfo withDetails(
            Optional<Paths> knownPaths, List<Tablespace> others, Map<String, String> providers) {
        return new ServerInfo(
                version,
                versionText,
                systemIdentifier,
                timeline,
                inRecovery,
                walSegmentBytes,
                pageChecksums,
                limits,
                role,
                knownPaths,
                others,
                providers);
    }

    /** Asks the server; takes no lock and writes nothing. Problems as {@link Database}. */
    public static ServerInfo read(Database session) throws RecoveryException {
        return new ServerInfoQueries(session).read();
    }
}
