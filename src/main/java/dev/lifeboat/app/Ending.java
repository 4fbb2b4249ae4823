package dev.lifeboat.app;

import dev.lifeboat.kernel.CancelToken;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends the process. SIGINT, SIGTERM and SIGHUP cancel the command and give it time to stop where it
 * can be resumed; the process then ends with the command's own status, not with the signal's.
 */
final class Ending {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final CancelToken cancel;
    private final int crashed;

    /**
     * @param crashed the status of a command that does not stop in time
     */
    Ending(CancelToken cancel, int crashed) {
        this.cancel = cancel;
        this.crashed = crashed;
    }

    void watchSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "ending"));
    }

    /** The virtual machine shuts down: because the command is over, or because of a signal. */
    private void signalled() {
        if (status.isDone()) {
            return;
        }
        cancel.cancel();
        Runtime.getRuntime().halt(awaited());
    }

    private int awaited() {
        try {
            return status.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            return crashed;
        }
    }

    /** Ends the process; does not return. */
    void exit(int code) {
        status.complete(code);
        System.exit(code);
    }
}
