package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an unpacked base backup with its manifest: every file, its size and digest. WAL is left
 * out, as the base holds none.
 *
 * <p>Source: PostgreSQL documentation, pg_verifybackup.
 */
public final class PgVerifyBackup {
    private final PgClient client;

    public PgVerifyBackup(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * Verifies a directory.
     *
     * @param manifest the manifest's file
     * @param ignored paths below the directory that are not looked at
     * @return what does not agree, a line each; empty when everything does
     * @throws RecoveryException {@code PROGRAM_MISSING}, {@code PROGRAM_FAILED} when nothing could
     *     be compared
     */
    public List<String> verify(
            Path directory, Path manifest, List<String> ignored, CancelToken cancel)
            throws RecoveryException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--no-parse-wal", "--quiet", "--manifest-path=" + manifest));
        ignored.forEach(path -> arguments.add("--ignore=" + path));
        arguments.add(directory.toString());
        var end = client.capture(PgProgram.PG_VERIFYBACKUP, arguments, cancel).end();
        if (end.succeeded()) {
            return List.of();
        }
        List<String> findings =
                end.errors().stream()
                        .filter(line -> line.contains("error: "))
                        .map(line -> line.replaceFirst("^.*?error: ", ""))
                        .toList();
        if (findings.isEmpty()) {
            throw ProgramProblem.of(end);
        }
        return findings;
    }
}
