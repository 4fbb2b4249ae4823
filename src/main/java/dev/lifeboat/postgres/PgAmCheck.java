package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for corruption in the tables and B-tree indexes of a database.
 *
 * <p>Source: PostgreSQL documentation, pg_amcheck: status 2 when corruption was found.
 */
public final class PgAmCheck {
    private static final int CORRUPTION_FOUND = 2;
    private final PgClient client;

    public PgAmCheck(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * Checks one database. Its extension amcheck is needed.
     *
     * @param install whether the extension is created when it is missing; that writes
     * @param jobs connections used
     * @return what is corrupt, in the program's words; empty when nothing is
     * @throws RecoveryException {@code PROGRAM_FAILED} when the extension is missing, and as {@link
     *     PgDump}
     */
    public List<String> check(ConnectionSpec spec, boolean install, int jobs, CancelToken cancel)
            throws RecoveryException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--no-password", "--jobs=" + jobs));
        if (install) {
            arguments.add("--install-missing");
        }
        var done = client.captureConnected(PgProgram.PG_AMCHECK, arguments, spec, cancel);
        if (done.end().status() == CORRUPTION_FOUND) {
            return done.lines();
        }
        done.orThrow();
        if (done.end().errors().stream().anyMatch(line -> line.contains("skipping database"))) {
            throw ProgramProblem.of(done.end());
        }
        return List.of();
    }
}
