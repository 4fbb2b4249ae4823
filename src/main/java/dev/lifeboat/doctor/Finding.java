package dev.lifeboat.doctor;

import dev.lifeboat.kernel.Problem;

/**
 * One line of the doctor's.
 *
 * @param subject what was looked at, for example {@code bucket primary}
 * @param seen what was found, a sentence or a value
 * @param remedy what to do; empty when it is well
 */
public record Finding(String subject, State state, String seen, String remedy) {
    /** How it is. */
    public enum State {
        OK,
        WARNING,
        FAILURE
    }

    static Finding ok(String subject, String seen) {
        return new Finding(subject, State.OK, seen, "");
    }

    static Finding warning(String subject, String seen, String remedy) {
        return new Finding(subject, State.WARNING, seen, remedy);
    }

    static Finding failure(String subject, Problem problem) {
        return new Finding(
                subject, State.FAILURE, problem.what() + " " + problem.why(), problem.remedy());
    }
}
