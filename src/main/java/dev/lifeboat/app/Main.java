package dev.lifeboat.app;

import dev.lifeboat.cli.Outcome;
import dev.lifeboat.kernel.CancelToken;

/** The entry point. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its status. */
    public static void main(String[] arguments) {
        ExitStatus status = ExitStatus.of(arguments);
        boolean privately = Boolean.getBoolean("lifeboat.private-status");
        var cancel = new CancelToken();
        var ending = new Ending(cancel, status.crashed());
        ending.watchSignals();
        int code = status.crashed(); // stands when reporting breaks down, too
        try {
            var wiring = new Wiring(cancel);
            Outcome outcome =
                    ConsoleWish.of(arguments)
                            .map(wish -> wiring.console(wish, arguments))
                            .orElseGet(() -> wiring.commandLine().run(arguments));
            code = status.of(outcome, privately);
        } finally {
            ending.exit(code);
        }
    }
}
