package dev.lifeboat.restore.server;

import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The files in a data directory that say how its server behaves. The source's own are set aside
 * once, before the managed ones take their place; handing over puts them back.
 */
public final class ServerFiles {
    private static final List<String> ORIGINALS =
            List.of(
                    "postgresql.conf",
                    "postgresql.auto.conf",
                    "pg_hba.conf",
                    "pg_ident.conf",
                    "recovery.done",
                    "recovery.conf");
    private static final List<String> REMOVED =
            List.of("standby.signal", "recovery.signal", "postmaster.pid", "postmaster.opts");

    private final Path dataDirectory;
    private final Path aside;
    private final HostFiles files;
    private final OsUser server;
    private final OsUser engine;

    /**
     * @param aside where the source's files are kept, outside the data directory
     */
    public ServerFiles(
            Path dataDirectory, Path aside, HostFiles files, OsUser server, OsUser engine) {
        this.dataDirectory = dataDirectory;
        this.aside = aside;
        this.files = files;
        this.server = server;
        this.engine = engine;
    }

    /**
     * Sets the source's files aside and writes the managed ones. Called again after an interruption
     * it sets aside only what it did not yet.
     */
    public void takeOver(ManagedConfiguration configuration, Phase phase) throws RecoveryException {
        files.createPrivateDirectory(aside, engine);
        for (String name : ORIGINALS) {
            setAside(name);
        }
        for (String name : REMOVED) {
            remove(name);
        }
        write("pg_hba.conf", ManagedConfiguration.HBA);
        write("pg_ident.conf", "");
        write("recovery.signal", "");
        configure(configuration, phase);
    }

    /** Writes the configuration for a phase; the server reads it at its start or when reloaded. */
    public void configure(ManagedConfiguration configuration, Phase phase)
            throws RecoveryException {
        write("postgresql.auto.conf", "");
        write("postgresql.conf", configuration.file(phase));
    }

    private void setAside(String name) throws RecoveryException {
        Path original = dataDirectory.resolve(name);
        Path kept = aside.resolve(name);
        if (files.exists(original) && !files.exists(kept)) {
            files.writeDurably(
                    kept, files.readText(original).getBytes(StandardCharsets.UTF_8), engine);
        }
        remove(name);
    }

    private void remove(String name) throws RecoveryException {
        Path file = dataDirectory.resolve(name);
        if (files.exists(file)) {
            files.deleteTree(file, dataDirectory);
        }
    }

    private void write(String name, String content) throws RecoveryException {
        files.writeDurably(
                dataDirectory.resolve(name), content.getBytes(StandardCharsets.UTF_8), server);
    }
}
