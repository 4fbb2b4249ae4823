package dev.lifeboat.ui.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;

import java.util.Optional;

/** Reads from a command's JSON why it failed. For any thread. */
public final class CommandProblem {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What a process that a signal ended adds to the signal's number. */
    private static final int SIGNALLED = 128;

    private CommandProblem() {}

    /** Its problem; empty when it succeeded. */
    public static Optional<Problem> of(Jobs.Ended ended) {
        return of(ended, "See what it has done, then run it again.");
    }

    /**
     * Its problem; empty when it succeeded.
     *
     * @param ifKilled what to do when a signal ended it before it could say anything
     */
    public static Optional<Problem> of(Jobs.Ended ended, String ifKilled) {
        if (ended.exitCode() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                ended.results().reversed().stream()
                        .flatMap(line -> told(line).stream())
                        .findFirst()
                        .orElseGet(() -> silent(ended, ifKilled)));
    }

    private static Optional<Problem> told(String line) {
        try {
            return at(MAPPER.readTree(line).path("problem"));
        } catch (JsonProcessingException other) {
            return Optional.empty();
        }
    }

    /** The problem that a part of a command's JSON tells; empty when it tells none. */
    public static Optional<Problem> at(JsonNode node) {
        try {
            return node.hasNonNull("code")
                    ? Optional.of(
                            new Problem(
                                    ProblemCode.valueOf(node.get("code").asText()),
                                    node.path("what").asText(),
                                    node.path("why").asText(),
                                    node.path("remedy").asText()))
                    : Optional.empty();
        } catch (IllegalArgumentException unknownCode) {
            return Optional.empty();
        }
    }

    private static Problem silent(Jobs.Ended ended, String ifKilled) {
        if (ended.exitCode() > SIGNALLED) {
            return new Problem(
                    ProblemCode.PROGRAM_FAILED,
                    "'" + ended.twin() + "' is not over, and its process is gone.",
                    "It was ended from outside (signal " + (ended.exitCode() - SIGNALLED) + ").",
                    ifKilled);
        }
        return new Problem(
                ProblemCode.PROGRAM_FAILED,
                "'" + ended.twin() + "' ended with status " + ended.exitCode() + ".",
                ended.talk().isEmpty() ? "It said nothing." : ended.talk().getLast(),
                "Run it in a terminal to see all of it.");
    }
}
