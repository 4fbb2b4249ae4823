package dev.lifeboat.app;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;

import java.time.Duration;

/**
 * A process for {@link EndingTest}: works until it is told to stop, then ends as a command does.
 */
final class EndingProgram {
    private EndingProgram() {}

    public static void main(String[] arguments) {
        var cancel = new CancelToken();
        var ending = new Ending(cancel, 255);
        ending.watchSignals();
        if (arguments[0].equals("at-once")) {
            ending.exit(5);
        }
        try {
            System.out.println("working");
            cancel.sleep(Duration.ofMinutes(5));
            ending.exit(0);
        } catch (CancelledException stopped) {
            System.out.println("stopped where it can be resumed");
            ending.exit(stopped.code().exitCode());
        }
    }
}
