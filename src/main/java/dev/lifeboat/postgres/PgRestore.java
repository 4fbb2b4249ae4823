package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists, reads through and restores dumps of the custom format.
 *
 * <p>Problems of all: {@code VERSION_MISMATCH} when the dump is newer than the program, {@code
 * PROGRAM_FAILED} when it is no such dump or damaged, {@code NO_SPACE}; of those that connect also
 * the ones of {@link PgDump}.
 *
 * <p>Source: PostgreSQL documentation, pg_restore.
 */
public final class PgRestore {
    private final PgClient client;

    public PgRestore(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * How a restore ended.
     *
     * @param status 0 when every statement succeeded
     * @param errors what the program wrote, the first and the last hundred lines
     */
    public record Outcome(int status, List<String> errors) {
        public Outcome {
            errors = List.copyOf(errors);
        }

        public boolean isClean() {
            return status == 0;
        }

        /** The first error as a problem, when there was one. */
        public Outcome orThrow() throws RecoveryException {
            new ProgramEnd("pg_restore", status, errors).orThrow();
            return this;
        }
    }

    /** The table of contents of a file. */
    public DumpListing list(Path dump, CancelToken cancel) throws RecoveryException {
        return DumpListing.read(
                client.capture(PgProgram.PG_RESTORE, List.of("--list", dump.toString()), cancel)
                        .orThrow()
                        .lines());
    }

    /**
     * The table of contents of a stream. It stands before the data, so that little more than it is
     * read.
     *
     * @throws IOException of {@code dump} alone
     */
    public DumpListing list(InputStream dump, CancelToken cancel)
            throws RecoveryException, IOException {
        try (var printed = new PrintedFile()) {
            // A pipe that nobody empties stops the program, and with it whoever feeds it.
            var arguments = List.of("--list", "--file=" + printed.path());
            client.alone(
                    PgProgram.PG_RESTORE,
                    arguments,
                    ProcessSpec::fed,
                    cancel,
                    run -> {
                        run.feed(dump, Progress.unwatched());
                        return run.end().orThrow();
                    });
            return DumpListing.read(printed.lines());
        }
    }

    /**
     * Reads a dump from its first to its last byte and turns all of it into SQL that is thrown
     * away: proof that it can be unpacked, data included.
     *
     * @throws IOException of {@code dump} alone
     */
    public void readThrough(InputStream dump, Progress progress, CancelToken cancel)
            throws RecoveryException, IOException {
        client.alone(
                PgProgram.PG_RESTORE,
                List.of("--file=-"),
                spec -> spec.fed().silent(),
                cancel,
                run -> {
                    run.feed(dump, progress);
                    return run.end().orThrow();
                });
    }

    /**
     * Restores a file into an existing database with parallel jobs, ending at the first error.
     *
     * @param further options of {@code pg_restore}, for example {@code --no-owner}
     */
    public Outcome restore(
            Path dump, ConnectionSpec into, int jobs, List<String> further, CancelToken cancel)
            throws RecoveryException {
        var arguments = into(into, further);
        arguments.add("--jobs=" + jobs);
        arguments.add(dump.toString());
        var end = client.captureConnected(PgProgram.PG_RESTORE, arguments, into, cancel).end();
        return new Outcome(end.status(), end.errors());
    }

    /**
     * Restores a stream into an existing database, in one job, ending at the first error.
     *
     * @param further options of {@code pg_restore}
     * @throws IOException of {@code dump} alone
     */
    public Outcome restore(
            InputStream dump,
            ConnectionSpec into,
            List<String> further,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException, IOException {
        return client.connected(
                PgProgram.PG_RESTORE,
                into(into, further),
                into,
                ProcessSpec::fed,
                cancel,
                run -> {
                    run.feed(dump, progress);
                    var end = run.end();
                    return new Outcome(end.status(), end.errors());
                });
    }

    private static List<String> into(ConnectionSpec spec, List<String> further) {
        var arguments = new ArrayList<String>();
        arguments.add("--no-password");
        arguments.add("--exit-on-error");
        arguments.add("--dbname=" + PgClient.conninfo(spec.database()));
        arguments.addAll(further);
        return arguments;
    }
}
