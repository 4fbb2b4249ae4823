package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import java.util.List;
import java.util.function.Consumer;

/** A command under way. */
public interface Command {
    /** What was asked for, as it would be typed: {@code lifeboat verify ID --level readable}. */
    String twin();

    /** Its process. */
    long pid();

    /**
     * Waits for its end, and hands on every line it writes meanwhile; on the calling thread. Giving
     * up to wait does not end the command.
     *
     * @param results takes the lines of its stdout: JSON
     * @param talk takes the lines of its stderr: for people
     * @return its exit code
     */
    int follow(Consumer<String> results, Consumer<String> talk, CancelToken cancel)
            throws CancelledException;

    /** Asks it to stop where it can be resumed. */
    void interrupt();

    /** Every line of stderr so far. */
    List<String> talk();
}
