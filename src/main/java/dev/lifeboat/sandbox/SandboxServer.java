package dev.lifeboat.sandbox;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.InitDb;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.postgres.ServerStart;
import dev.lifeboat.postgres.StopMode;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The production server of the sandbox: it archives its WAL with {@code lifeboat wal push}. */
final class SandboxServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Host host;
    private final SandboxFolder folder;
    private final SandboxVariables variables;
    private final CancelToken cancel;
    private ServerProcess process;

    private SandboxServer(
            Host host, SandboxFolder folder, SandboxVariables variables, CancelToken cancel) {
        this.host = host;
        this.folder = folder;
        this.variables = variables;
        this.cancel = cancel;
    }

    /** Makes the cluster, starts it and creates the application's tables. */
    static SandboxServer create(
            Host host,
            PgInstallation programs,
            SandboxFolder folder,
            SandboxVariables variables,
            String archiveCommand,
            CancelToken cancel)
            throws RecoveryException {
        new InitDb(host, programs).run(folder.data(), folder.serverUser(), List.of(), cancel);
        var server = new SandboxServer(host, folder, variables, cancel);
        server.start(programs, archiveCommand);
        server.createApplication();
        return server;
    }

    /** A session in the application's database. */
    Database connect() throws RecoveryException {
        return Database.connect(spec(SandboxVariables.DATABASE), cancel);
    }

    /** Kills the server and takes its data directory away: the machine is gone. */
    void lose() throws RecoveryException {
        process.stop(StopMode.IMMEDIATE, PATIENCE, CancelToken.never());
        host.files().deleteTree(folder.data(), folder.server());
        process = null;
    }

    @Override
    public void close() throws RecoveryException {
        if (process != null && process.isAlive()) {
            process.stop(StopMode.IMMEDIATE, PATIENCE, CancelToken.never());
        }
    }

    private void start(PgInstallation programs, String archiveCommand) throws RecoveryException {
        ServerStart start =
                new ServerStart(
                        programs,
                        folder.serverUser(),
                        folder.data(),
                        Map.ofEntries(
                                Map.entry("listen_addresses", ""),
                                Map.entry("unix_socket_directories", folder.socket().toString()),
                                Map.entry("unix_socket_permissions", "0700"),
                                Map.entry("port", Integer.toString(variables.port())),
                                Map.entry("wal_level", "replica"),
                                Map.entry("archive_mode", "on"),
                                Map.entry("archive_command", archiveCommand),
                                Map.entry("archive_timeout", "5s"),
                                Map.entry("track_commit_timestamp", "on"),
                                Map.entry("shared_buffers", "64MB"),
                                Map.entry("max_wal_size", "256MB")),
                        folder.serverLog(),
                        variables.server(),
                        false);
        process = ServerProcess.start(host, start);
        process.awaitReady(PATIENCE, cancel);
    }

    private void createApplication() throws RecoveryException {
        try (Database maintenance = Database.connect(spec("postgres"), cancel)) {
            maintenance.execute("CREATE DATABASE " + SandboxVariables.DATABASE);
        }
        try (Database application = connect()) {
            application.execute(
                    "CREATE TABLE scenarios (id bigint PRIMARY KEY, name text NOT NULL, version int NOT NULL,"
                            + " created_at timestamptz NOT NULL DEFAULT now())");
            application.execute(
                    "CREATE TABLE scenario_logs (id bigint PRIMARY KEY, scenario_id bigint NOT NULL,"
                            + " message text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())");
            application.execute("CREATE INDEX ON scenario_logs (scenario_id)");
        }
    }

    private ConnectionSpec spec(String database) {
        return ConnectionSpec.local(folder.socket(), variables.port(), database, InitDb.SUPERUSER);
    }
}
