package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(ProgramRun.class);
    private static final int BUFFER_BYTES = 64 * 1024;
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
            end.orThrow();
            return this;
        }
    }

    /** Copies all the program prints; an {@link IOException} is always the sink's own. */
    void copyTo(OutputStream sink, Progress progress) throws RecoveryException, IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = read(buffer); read >= 0; read = read(buffer)) {
            cancel.check();
            sink.write(buffer, 0, read);
            progress.add(read);
        }
    }

    /**
     * Gives the program all of the source as its standard input; an {@link IOException} is always
     * the source's own. A program that ends before it has read everything says why by its status.
     */
    void feed(InputStream source, Progress progress) throws RecoveryException, IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean takes = true;
        for (int read = source.read(buffer); takes && read >= 0; read = source.read(buffer)) {
            cancel.check();
            takes = write(buffer, read);
            progress.add(read);
        }
        closeStdin();
    }

    private int read(byte[] buffer) throws RecoveryException {
        try {
            return process.stdout().read(buffer);
        } catch (IOException broken) {
            cancel.check();
            throw ProgramProblem.pipeBroke(program, broken);
        }
    }

    private boolean write(byte[] buffer, int length) {
        try {
            process.stdin().write(buffer, 0, length);
            return true;
        } catch (IOException programHasEnded) {
            LOG.debug("{} reads no further", program, programHasEnded);
            return false;
        }
    }

    private void closeStdin() {
        try {
            process.stdin().close();
        } catch (IOException programHasEnded) {
            LOG.debug("{} reads no further", program, programHasEnded);
        }
    }

    InputStream stdout() {
        return process.stdout();
    }

    /** Waits for the program. */
    ProgramEnd end() throws CancelledException {
        int status = process.waitFor(cancel);
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
