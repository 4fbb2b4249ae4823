package dev.lifeboat.restore.server;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgInstallation;
import dev.lifeboat.postgres.PgProgram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes durable what was replayed without waiting for the disk: settings first, then what the
 * server still holds, then every file.
 */
public final class Durability {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long RELOAD_NANOS = Duration.ofSeconds(60).toNanos();

    private final Host host;
    private final PgInstallation programs;
    private final OsUser user;
    private final RecoveryServer server;

    public Durability(Host host, PgInstallation programs, OsUser user, RecoveryServer server) {
        this.host = host;
        this.programs = programs;
        this.user = user;
        this.server = server;
    }

    /**
     * Has the server take the durable settings that its configuration holds by now, and returns
     * when everything replayed so far is on disk.
     */
    public void establish(Path dataDirectory, CancelToken cancel) throws RecoveryException {
        server.reload();
        awaitFsync(cancel);
        try (Database session = server.connect(cancel)) {
            session.execute("CHECKPOINT");
        }
        sync(dataDirectory, cancel);
    }

    private void awaitFsync(CancelToken cancel) throws RecoveryException {
        long began = System.nanoTime();
        while (true) {
            try (Database session = server.connect(cancel)) {
                boolean durable =
                        session.one(
                                row -> row.bool("durable"),
                                "SELECT current_setting('fsync')::bool"
                                        + " AND current_setting('full_page_writes')::bool"
                                        + " AS durable");
                if (durable) {
                    return;
                }
            }
            if (System.nanoTime() - began > RELOAD_NANOS) {
                throw new RecoveryException(
                        ProblemCode.SERVER_FAILED,
                        "The restored server could not be made durable.",
                        "It did not take fsync = on from its configuration within a minute.",
                        "Look into " + server.logFile() + "; then: lifeboat restores resume ID.");
            }
            cancel.sleep(POLL);
        }
    }

    /**
     * Writes every file to disk, tablespaces included.
     *
     * <p>Source: PostgreSQL documentation, initdb, {@code --sync-only}.
     */
    private void sync(Path dataDirectory, CancelToken cancel) throws RecoveryException {
        String initdb = programs.path(PgProgram.INITDB).toString();
        HostProcess process =
                host.processes()
                        .start(
                                ProcessSpec.of(
                                                initdb,
                                                "--sync-only",
                                                "-D",
                                                dataDirectory.toString())
                                        .as(user));
        try (var _ = cancel.onCancel(process::terminate);
                var _ = process.stdout()) {
            String said =
                    new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8)
                            + new String(process.stderr().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(cancel) != 0) {
                throw notSynced(said.strip(), null);
            }
        } catch (IOException broken) {
            cancel.check();
            throw notSynced(broken.getMessage(), broken);
        }
    }

    private static RecoveryException notSynced(String why, Throwable cause) {
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                "The restored files could not be written to the disk.",
                "initdb --sync-only said: " + why + ".",
                "Look at the disk, then go on with: lifeboat restores resume ID.",
                cause);
    }
}
