package dev.lifeboat.kernel;

import java.util.Objects;

/**
 * What went wrong, told the same way in window, terminal, JSON and report.
 *
 * @param code the kind of trouble; it fixes the exit code
 * @param what what happened, a full sentence
 * @param why the cause, or the value that was seen, a full sentence
 * @param remedy what to do now, a full sentence, with the exact command where there is one
 */
public record Problem(ProblemCode code, String what, String why, String remedy) {
    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(what);
        Objects.requireNonNull(why);
        Objects.requireNonNull(remedy);
    }

    @Override
    public String toString() {
        return what + " " + why + " " + remedy;
    }
}
