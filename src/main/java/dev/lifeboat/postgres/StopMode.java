package dev.lifeboat.postgres;

import dev.lifeboat.host.HostProcesses.Signal;

/**
 * How a server is shut down.
 *
 * <p>Source: PostgreSQL documentation, 19.5 "Shutting Down the Server".
 */
public enum StopMode {
    /** Waits until the last session has left. */
    SMART(Signal.TERM),
    /** Rolls running transactions back and writes a checkpoint. */
    FAST(Signal.INT),
    /** Without a checkpoint: the next start recovers. */
    IMMEDIATE(Signal.QUIT);

    private final Signal signal;

    StopMode(Signal signal) {
        this.signal = signal;
    }

    Signal signal() {
        return signal;
    }
}
