package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One run of a program of PostgreSQL. The stop ends the program; closing ends it too, so nothing
 * runs on after a failure on our side. Messages come in English and times in UTC.
 */
final class ProgramRun implements AutoCloseable {
    private static final Map<String, String> PLAIN = Map.of("LC_ALL", "C", "TZ", "UTC");
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String program;
    private final HostProcess process;
    private final ErrorLines errors;
    private final CancelToken cancel;
    private final CancelToken.Registration registration;

    private ProgramRun(String program, HostProcess process, CancelToken cancel) {
        this.program = program;
        this.process = process;
        this.cancel = cancel;
        this.errors = new ErrorLines(process.stderr());
        this.registration = cancel.onCancel(process::terminate);
    }

    static ProgramRun start(Host host, ProcessSpec spec, CancelToken cancel)
            throws RecoveryException {
        cancel.check();
        var variables = new java.util.HashMap<>(PLAIN);
        variables.putAll(spec.environment());
        String name = Path.of(spec.command().getFirst()).getFileName().toString();
        return new ProgramRun(name, host.processes().start(spec.with(variables)), cancel);
    }

    /** Runs a program that reads and prints little, whatever its exit status. */
    static Finished capture(Host host, ProcessSpec spec, CancelToken cancel)
            throws RecoveryException {
        try (var run = start(host, spec, cancel)) {
            String printed = new String(run.stdout().readAllBytes(), StandardCharsets.UTF_8);
            return new Finished(run.end(), printed);
        } catch (IOException broken) {
            cancel.check();
            throw ProgramProblem.pipeBroke(spec.command().getFirst(), broken);
        }
    }

    /** What a small program printed. */
    record Finished(ProgramEnd end, String printed) {
        List<String> lines() {
            return printed.lines().toList();
        }

        /** Itself when the program succeeded. */
        Finished orThrow() throws RecoveryException {
            if (!end.succeeded()) {
                throw ProgramProblem.of(end);
            }
            return this;
        }
    }

    InputStream stdout() {
        return process.stdout();
    }

    OutputStream stdin() {
        return process.stdin();
    }

    /** Waits for the program. */
    ProgramEnd end() throws CancelledException {
        int status = process.waitFor(CancelToken.never());
        cancel.check();
        return new ProgramEnd(program, status, errors.await());
    }

    @Override
    public void close() {
        registration.close();
        if (process.isAlive()) {
            process.terminate();
            try {
                if (process.waitFor(GRACE, CancelToken.never()).isEmpty()) {
                    process.kill();
                }
            } catch (CancelledException interrupted) {
                process.kill();
            }
        }
    }
}
