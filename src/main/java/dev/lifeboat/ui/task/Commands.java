package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/**
 * Starts Lifeboat's own commands for the profile, each as a process of its own that goes on when
 * the window is closed.
 */
@FunctionalInterface
public interface Commands {
    /**
     * Starts {@code lifeboat --json ARGUMENTS...}.
     *
     * @param arguments the command and what it takes; never a secret
     * @throws RecoveryException PROGRAM_MISSING when it is not known how Lifeboat is started,
     *     HOST_FAILURE when the process does not start
     */
    Command start(List<String> arguments) throws RecoveryException;
}
