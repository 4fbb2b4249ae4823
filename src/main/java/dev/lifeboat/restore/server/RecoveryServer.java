package dev.lifeboat.restore.server;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.ServerLog;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.ServerStart;
import dev.lifeboat.postgres.StopMode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The server on the restored data directory, of which there is one at most. It outlives this
 * program. Used by one thread at a time.
 */
public final class RecoveryServer {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Host host;
    private final PgInstallation programs;
    private final OsUser user;
    private final Path dataDirectory;
    private final Path logFile;
    private final ManagedConfiguration configuration;
    private final Set<String> roles = new LinkedHashSet<>();
    private ServerProcess process;

    /**
     * @param logFile what the server writes
     * @param roles names that the source's superuser may have, the likeliest first
     */
    public RecoveryServer(
            Host host,
            PgInstallation programs,
            OsUser user,
            Path dataDirectory,
            Path logFile,
            ManagedConfiguration configuration,
            List<String> roles) {
        this.host = host;
        this.programs = programs;
        this.user = user;
        this.dataDirectory = dataDirectory;
        this.logFile = logFile;
        this.configuration = configuration;
        this.roles.addAll(roles);
    }

    /** Finds the server that an earlier process of this restore left running. */
    public boolean attach() throws RecoveryException {
        Optional<ServerProcess> running = ServerProcess.attach(host, dataDirectory);
        running.ifPresent(found -> process = found);
        return running.isPresent();
    }

    /** Starts the server; it may recover for long before it lets anybody in. */
    public void start() throws RecoveryException {
        var start =
                ServerStart.of(programs, user, dataDirectory, logFile)
                        .with(configuration.commandLine())
                        .runningOn();
        process = ServerProcess.start(host, start);
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The log from a position on. */
    public ServerLog log(long from) {
        return new ServerLog(logFile, from);
    }

    /** Where the log ends now: before a start, where the log of that start will begin. */
    public long logEnd() {
        return logFile.toFile().length();
    }

    public Path logFile() {
        return logFile;
    }

    public void reload() throws RecoveryException {
        process.reload();
    }

    public void awaitReady(CancelToken cancel) throws RecoveryException {
        process.awaitReady(PATIENCE, cancel);
    }

    /** Shuts the server down in an orderly way. */
    public void stop() throws RecoveryException {
        if (isAlive()) {
            process.stopByAnyWay(PATIENCE, CancelToken.never());
        }
    }

    /** Ends the server at once; what it had not written is replayed again. */
    public void stopAtOnce() throws RecoveryException {
        if (isAlive()) {
            process.stop(StopMode.IMMEDIATE, PATIENCE, CancelToken.never());
        }
    }

    /**
     * A session as the source's superuser in a database that is always there.
     *
     * @throws RecoveryException DATABASE_UNREACHABLE while the server lets nobody in
     */
    public Database connect(CancelToken cancel) throws RecoveryException {
        RecoveryException refused = null;
        for (String role : List.copyOf(roles)) {
            try {
                Database session = Database.connect(spec("postgres", role), cancel);
                roles.clear();
                roles.add(role);
                return session;
            } catch (RecoveryException failed) {
                refused = failed;
                if (failed.code() == ProblemCode.DATABASE_MISSING) {
                    return Database.connect(spec("template1", role), cancel);
                }
                if (failed.code() != ProblemCode.CREDENTIALS_REFUSED) {
                    throw failed;
                }
            }
        }
        throw refused;
    }

    /** A session as the source's superuser in that database. */
    public Database connectTo(String database, CancelToken cancel) throws RecoveryException {
        connect(cancel).close();
        return Database.connect(spec(database, roles.iterator().next()), cancel);
    }

    /** How the OS user who runs the command reaches a database of this server. */
    public String connectionText(String database) {
        return spec(database, roles.iterator().next()).uri();
    }

    private ConnectionSpec spec(String database, String role) {
        return ConnectionSpec.local(
                configuration.socketDirectory(), configuration.plan().port(), database, role);
    }
}
