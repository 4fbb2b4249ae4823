package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs client programs of one installation against a database, as the current OS user. */
final class PgClient {
    private final Host host;
    private final PgInstallation programs;

    PgClient(Host host, PgInstallation programs) {
        this.host = host;
        this.programs = programs;
    }

    /** What is said to a running program and heard from it. */
    interface Talk<T> {
        T with(ProgramRun run) throws RecoveryException, IOException;
    }

    /** A program that connects; the database comes from the specification. */
    <T> T connected(
            PgProgram program,
            List<String> arguments,
            ConnectionSpec spec,
            UnaryOperator<ProcessSpec> streams,
            CancelToken cancel,
            Talk<T> talk)
            throws RecoveryException, IOException {
        try (var access = LibpqAccess.open(host, spec)) {
            var process = spec(program, arguments).with(access.environment());
            try (var run = ProgramRun.start(host, streams.apply(process), cancel)) {
                return talk.with(run);
            }
        }
    }

    /** A program that works on files or streams alone. */
    <T> T alone(
            PgProgram program,
            List<String> arguments,
            UnaryOperator<ProcessSpec> streams,
            CancelToken cancel,
            Talk<T> talk)
            throws RecoveryException, IOException {
        var process = streams.apply(spec(program, arguments));
        try (var run = ProgramRun.start(host, process, cancel)) {
            return talk.with(run);
        }
    }

    ProgramRun.Finished capture(PgProgram program, List<String> arguments, CancelToken cancel)
            throws RecoveryException {
        return ProgramRun.capture(host, spec(program, arguments), cancel);
    }

    ProgramRun.Finished captureConnected(
            PgProgram program, List<String> arguments, ConnectionSpec spec, CancelToken cancel)
            throws RecoveryException {
        try (var access = LibpqAccess.open(host, spec)) {
            var process = spec(program, arguments).with(access.environment());
            return ProgramRun.capture(host, process, cancel);
        }
    }

    private ProcessSpec spec(PgProgram program, List<String> arguments) throws RecoveryException {
        var command = new ArrayList<String>();
        command.add(programs.path(program).toString());
        command.addAll(arguments);
        return ProcessSpec.of(command);
    }

    /**
     * A database's name as a conninfo string: a bare name that looks like a connection string would
     * be taken for one.
     */
    static String conninfo(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
