package dev.lifeboat.sandbox;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;

/** Trouble of the sandbox itself: the environment failed, and nothing is said about recovery. */
final class SandboxProblems {
    private SandboxProblems() {}

    static RecoveryException io(String what, IOException cause) {
        return new RecoveryException(
                ProblemCode.ENVIRONMENT_FAILED,
                what,
                "The file system answered: " + cause.getMessage() + ".",
                "Free space, or set TMPDIR to another folder, and start the sandbox again.",
                cause);
    }

    static RecoveryException failed(String what, String why) {
        return new RecoveryException(
                ProblemCode.ENVIRONMENT_FAILED,
                what,
                why,
                "Look at the logs in the sandbox's folder (--keep keeps it), mend that, and start again.");
    }
}
