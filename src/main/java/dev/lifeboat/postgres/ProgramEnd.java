package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/**
 * How a program ended.
 *
 * @param status its exit status
 * @param errors what it wrote to standard error, without passwords; the middle is left out when it
 *     was very much
 */
record ProgramEnd(String program, int status, List<String> errors) {
    ProgramEnd {
        errors = List.copyOf(errors);
    }

    boolean succeeded() {
        return status == 0;
    }

    /** Itself when the program succeeded. */
    ProgramEnd orThrow() throws RecoveryException {
        if (!succeeded()) {
            throw ProgramProblem.of(this);
        }
        return this;
    }
}
