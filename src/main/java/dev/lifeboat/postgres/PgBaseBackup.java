package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes a base backup as tar, without WAL (the archive has it), with a manifest of SHA-256 digests,
 * after an immediate checkpoint.
 *
 * <p>Problems as {@link PgDump}; the role needs REPLICATION and a free wal sender.
 *
 * <p>Source: PostgreSQL documentation, pg_basebackup.
 */
public final class PgBaseBackup {
    private final PgClient client;

    public PgBaseBackup(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * Writes one tar of the cluster; its last entry is {@code backup_manifest}. A cluster with
     * tablespaces does not fit into one tar and is refused by the program.
     *
     * @param out stays open
     * @param progress counts the bytes of the tar
     * @return what the program warned of
     * @throws IOException of {@code out} alone
     */
    public List<String> toStream(
            ConnectionSpec spec,
            String label,
            OutputStream out,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException, IOException {
        return client.connected(
                PgProgram.PG_BASEBACKUP,
                arguments("-", label),
                spec,
                UnaryOperator.identity(),
                cancel,
                run -> {
                    run.copyTo(out, progress);
                    return run.end().orThrow().errors();
                });
    }

    /**
     * Writes {@code base.tar}, {@code <oid>.tar} for each tablespace and {@code backup_manifest}
     * into a directory, which must be empty or missing. The files are not fsynced.
     *
     * @return what the program warned of
     */
    public List<String> toDirectory(
            ConnectionSpec spec, String label, Path directory, CancelToken cancel)
            throws RecoveryException {
        var arguments = arguments(directory.toString(), label);
        arguments.add("--no-sync");
        return client.captureConnected(PgProgram.PG_BASEBACKUP, arguments, spec, cancel)
                .orThrow()
                .end()
                .errors();
    }

    private static List<String> arguments(String target, String label) {
        return new java.util.ArrayList<>(
                List.of(
                        "--pgdata=" + target,
                        "--format=tar",
                        "--wal-method=none",
                        "--checkpoint=fast",
                        "--manifest-checksums=SHA256",
                        "--label=" + label,
                        "--no-password"));
    }
}
