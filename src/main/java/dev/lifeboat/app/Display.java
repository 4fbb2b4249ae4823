package dev.lifeboat.app;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Locale;
import java.util.Map;

/** Whether there is anything a window could be shown on. */
final class Display {
    private static final String WITHOUT =
            "Everything it does can be done by commands, too: lifeboat --help. To see the window of a"
                    + " server on this screen, log in with: ssh -X.";

    private Display() {}

    /**
     * On Linux a window needs an X server or a Wayland one with X beside it.
     *
     * @throws RecoveryException HOST_FAILURE when there is none
     */
    static void require(Map<String, String> environment, String operatingSystem)
            throws RecoveryException {
        boolean asks = operatingSystem.toLowerCase(Locale.ROOT).startsWith("linux");
        if (asks && environment.getOrDefault("DISPLAY", "").isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The window cannot be opened: there is no display.",
                    "The variable DISPLAY is not set.",
                    WITHOUT);
        }
    }

    /** The problem when the display does not take the window. */
    static RecoveryException refused(Throwable cause) {
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                "The window cannot be opened: the display does not take it.",
                "The toolkit answered: " + cause.getMessage() + ".",
                WITHOUT,
                cause);
    }

    /** The problem when the window's libraries are not there. */
    static Problem withoutJavaFx(NoClassDefFoundError missing) {
        return new Problem(
                ProblemCode.PROGRAM_MISSING,
                "The window cannot be opened: its libraries are not there.",
                "The class " + missing.getMessage() + " was not found.",
                "Start it by packaging/bin/lifeboat, which knows where they are; commands work without"
                        + " them.");
    }
}
