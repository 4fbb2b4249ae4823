package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs SQL scripts, as {@code pg_dump} and {@code pg_dumpall} write them, without the user's
 * psqlrc. A script may hold psql's own commands: run only what comes from a trusted backup.
 */
public final class Psql {
    private final PgClient client;

    public Psql(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * Runs a script to its end, or to its first error.
     *
     * @param further options of {@code psql}, for example {@code --single-transaction}
     * @return what the program warned of
     * @throws RecoveryException as {@link PgDump}
     * @throws IOException of {@code script} alone
     */
    public List<String> run(
            ConnectionSpec spec,
            InputStream script,
            List<String> further,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException, IOException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--no-psqlrc", "--quiet", "--no-password"));
        arguments.addAll(List.of("--set=ON_ERROR_STOP=1", "--file=-"));
        arguments.add("--dbname=" + PgClient.conninfo(spec.database()));
        arguments.addAll(further);
        return client.connected(
                PgProgram.PSQL,
                arguments,
                spec,
                process -> process.fed().silent(),
                cancel,
                run -> {
                    run.feed(script, progress);
                    return run.end().orThrow().errors();
                });
    }
}
