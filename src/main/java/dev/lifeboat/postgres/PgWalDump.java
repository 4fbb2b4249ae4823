package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads WAL by PostgreSQL's own program: the judge of any other reading.
 *
 * <p>Source: PostgreSQL documentation, pg_waldump.
 */
public final class PgWalDump {
    private final PgClient client;

    /**
     * @param programs of the major version that wrote the WAL
     */
    public PgWalDump(Host host, PgInstallation programs) {
        this.client = new PgClient(host, programs);
    }

    /**
     * Reads from a position to the end of what is valid, or to another position.
     *
     * @param directory with plain segment files of one timeline
     * @param from a record's begin, or any position before the first record wanted
     * @param to empty: as far as it goes
     * @param segmentBytes size of a segment
     * @param transactions sees each commit and abort, in order
     * @throws RecoveryException {@code WAL_ABSENT} when there is no valid record from there on,
     *     {@code PROGRAM_MISSING}, {@code PROGRAM_FAILED}
     */
    public WalDumpScan scan(
            Path directory,
            int timeline,
            Lsn from,
            Optional<Lsn> to,
            int segmentBytes,
            Consumer<WalDumpScan.TransactionEnd> transactions,
            CancelToken cancel)
            throws RecoveryException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--path=" + directory, "--timeline=" + timeline));
        arguments.add("--start=" + from);
        to.ifPresent(end -> arguments.add("--end=" + end));
        var reading = new WalDumpReading(segmentBytes, transactions);
        try {
            return client.alone(
                    PgProgram.PG_WALDUMP,
                    arguments,
                    UnaryOperator.identity(),
                    cancel,
                    run -> read(run, reading, from));
        } catch (IOException broken) {
            cancel.check();
            throw ProgramProblem.pipeBroke(PgProgram.PG_WALDUMP.fileName(), broken);
        }
    }

    private static WalDumpScan read(ProgramRun run, WalDumpReading reading, Lsn from)
            throws RecoveryException, IOException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(run.stdout(), StandardCharsets.UTF_8), 1 << 16)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.take(line);
            }
        }
        ProgramEnd end = run.end();
        String message = ProgramProblem.firstMeaningful(end.errors());
        if (reading.isEmpty()) {
            throw WalDumpReading.nothing(from, message);
        }
        return reading.finish(message);
    }
}
