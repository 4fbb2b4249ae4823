package dev.lifeboat.verify;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.InitDb;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.ServerStart;
import dev.lifeboat.postgres.StopMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A cluster that is made for one proof and goes with it: on no network, its socket where nobody but
 * the server's user may come. It ends with this program.
 */
final class ScratchCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Host host;
    private final Path socket;
    private final int port;
    private final ServerProcess server;

    private ScratchCluster(Host host, Path socket, int port, ServerProcess server) {
        this.host = host;
        this.socket = socket;
        this.port = port;
        this.server = server;
    }

    /**
     * Makes and starts it.
     *
     * @param folder the server's user can come there; removing it is the caller's
     */
    static ScratchCluster start(
            Host host, PgInstallation programs, OsUser user, Path folder, CancelToken cancel)
            throws RecoveryException {
        Path data = folder.resolve("cluster");
        new InitDb(host, programs).run(data, user, List.of("--no-sync"), cancel);
        Path socket = socket(host, user);
        int port = host.ports().findFree();
        var settings =
                Map.of(
                        "port", Integer.toString(port),
                        "listen_addresses", "",
                        "unix_socket_directories", socket.toString(),
                        "fsync", "off",
                        "autovacuum", "off",
                        "max_wal_size", "4GB",
                        "dynamic_shared_memory_type", "mmap");
        var start = ServerStart.of(programs, user, data, folder.resolve("cluster.log"));
        boolean ready = false;
        ServerProcess server = ServerProcess.start(host, start.with(settings));
        var cluster = new ScratchCluster(host, socket, port, server);
        try {
            server.awaitReady(PATIENCE, cancel);
            ready = true;
            return cluster;
        } finally {
            if (!ready) {
                cluster.close();
            }
        }
    }

    /** A database's own way in. */
    ConnectionSpec database(String name) {
        return ConnectionSpec.local(socket, port, name, InitDb.SUPERUSER);
    }

    @Override
    public void close() throws RecoveryException {
        server.stop(StopMode.IMMEDIATE, PATIENCE, CancelToken.never());
        if (host.files().exists(socket)) {
            host.files().deleteTree(socket, socket.getParent());
        }
    }

    private static Path socket(Host host, OsUser user) throws RecoveryException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path directory = Files.createTempDirectory(parent, "lifeboat-");
            host.files().chown(directory, user);
            return directory;
        } catch (IOException failed) {
            throw FileProblem.of("The socket's directory could not be made", parent, failed);
        }
    }
}
