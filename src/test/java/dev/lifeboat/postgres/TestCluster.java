package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL cluster of its own for one test: a temporary directory below /tmp, a free port on
 * the loopback address, a socket beside the data, an owner that is never root. Closing stops the
 * server and deletes everything.
 *
 * <pre>{@code
 * try (var cluster = TestCluster.started(Map.of("wal_level", "replica"))) {
 *     cluster.execute("create table t(id int)");
 * }
 * }</pre>
 */
public final class TestCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public final Host host = new LocalHost();
    public final CancelToken cancel = CancelToken.never();
    public final PgInstallation programs;
    public final OsUser user;

    /** Everything lies below; the server's user may enter and write. */
    public final Path root;

    public final Path dataDirectory;
    public final Path log;
    public final int port;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private ServerProcess server;

    private TestCluster(PgInstallation server) throws RecoveryException, IOException {
        programs = server;
        user = ServerUser.choose(host, System.getenv());
        root =
                Files.createTempDirectory(
                        Path.of("/tmp"),
                        "lbt",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx--x--x")));
        host.files().chown(root, user);
        dataDirectory = root.resolve("data");
        log = root.resolve("server.log");
        port = host.ports().findFree();
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", root.toString());
        settings.put("shared_buffers", "16MB");
        settings.put("fsync", "off");
        // In the data directory, so that it goes with it even when the server is killed.
        settings.put("dynamic_shared_memory_type", "mmap");
    }

    /** A new cluster that is not started yet. */
    public static TestCluster create(String... initdbOptions)
            throws RecoveryException, IOException {
        return create(installed().newest(PgProgram.POSTGRES, PgProgram.INITDB), initdbOptions);
    }

    /** A new cluster of that server, which may come without client programs. */
    public static TestCluster create(PgInstallation server, String... initdbOptions)
            throws RecoveryException, IOException {
        var cluster = new TestCluster(server);
        try {
            var options = new ArrayList<>(List.of(initdbOptions));
            options.add("--no-sync");
            new InitDb(cluster.host, cluster.programs)
                    .run(cluster.dataDirectory, cluster.user, options, cluster.cancel);
        } catch (RecoveryException failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    /** What the machine has. */
    public static PgPrograms installed() throws RecoveryException {
        return PgPrograms.find(new LocalHost(), System.getenv());
    }

    /** A new cluster that accepts connections, with those settings on its command line. */
    public static TestCluster started(Map<String, String> settings)
            throws RecoveryException, IOException {
        TestCluster cluster = create();
        try {
            cluster.set(settings).start();
        } catch (RecoveryException failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    public static TestCluster started() throws RecoveryException, IOException {
        return started(Map.of());
    }

    /** Settings for the next start. */
    public TestCluster set(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    /** Variables of the server, and so of its archive_command, for the next start. */
    public TestCluster environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** How the next start would be made. */
    public ServerStart serverStart() {
        return ServerStart.of(programs, user, dataDirectory, log)
                .with(settings)
                .withEnvironment(environment);
    }

    /** Starts the server and waits until it accepts connections. */
    public ServerProcess start() throws RecoveryException {
        server = ServerProcess.start(host, serverStart());
        server.awaitReady(PATIENCE, cancel);
        return server;
    }

    public ServerProcess server() {
        return server;
    }

    public void stop(StopMode mode) throws RecoveryException {
        if (server != null) {
            server.stop(mode, PATIENCE, cancel);
            server = null;
        }
    }

    /** The superuser's way to a database, over the socket, without a password. */
    public ConnectionSpec spec(String database) {
        return ConnectionSpec.local(root, port, database, InitDb.SUPERUSER);
    }

    public ConnectionSpec spec() {
        return spec("postgres");
    }

    public Database connect() throws RecoveryException {
        return Database.connect(spec(), cancel);
    }

    /** Runs statements in the database postgres, each on its own. */
    public void execute(String... statements) throws RecoveryException {
        try (Database session = connect()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }

    /** The single value of a query, as text. */
    public String value(String expression) throws RecoveryException {
        try (Database session = connect()) {
            return session.one(
                    row -> row.optionalText("value").orElse(null),
                    "select (" + expression + ")::text as value");
        }
    }

    /** Runs a program of PostgreSQL against the server, as its user; its standard output. */
    public String run(PgProgram program, String... arguments) throws RecoveryException {
        var command = new ArrayList<String>();
        PgInstallation holder = programs.has(program) ? programs : installed().newest(program);
        command.add(holder.path(program).toString());
        command.addAll(List.of(arguments));
        var spec =
                ProcessSpec.of(command)
                        .as(user)
                        .with(
                                Map.of(
                                        "PGHOST",
                                        root.toString(),
                                        "PGPORT",
                                        Integer.toString(port),
                                        "PGUSER",
                                        InitDb.SUPERUSER,
                                        "PGDATABASE",
                                        "postgres"));
        return ProgramRun.capture(host, spec, cancel).orThrow().printed();
    }

    /** Runs pgbench, for example {@code "-i", "-s", "1"} or {@code "-T", "5", "-c", "2"}. */
    public String pgbench(String... arguments) throws RecoveryException {
        return run(PgProgram.PGBENCH, arguments);
    }

    @Override
    public void close() throws RecoveryException {
        try {
            stop(StopMode.IMMEDIATE);
        } finally {
            if (Files.exists(root)) {
                host.files().deleteTree(root, root.getParent());
            }
        }
    }
}
