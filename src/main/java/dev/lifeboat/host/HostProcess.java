package dev.lifeboat.host;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A process this program started. Safe for use by many threads. */
public interface HostProcess {
    long pid();

    boolean isAlive();

    /**
     * Its standard input when that is a pipe, else a stream that takes nothing. Closed by the
     * caller.
     */
    OutputStream stdin();

    /** Its standard output when that is a pipe, else an empty stream. */
    InputStream stdout();

    /** Its standard error when that is a pipe, else an empty stream. */
    InputStream stderr();

    /**
     * Waits for the end.
     *
     * @return the exit status; 128 plus the signal's number when a signal ended it
     * @throws CancelledException when the stop was asked for first; the process still runs then
     */
    int waitFor(CancelToken cancel) throws CancelledException;

    /** Waits so long at most; empty when it still runs then. */
    OptionalInt waitFor(Duration atMost, CancelToken cancel) throws CancelledException;

    /** Asks it to end (TERM). */
    void terminate();

    /** Ends it (KILL). */
    void kill();
}
