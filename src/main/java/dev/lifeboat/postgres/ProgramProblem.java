package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.util.List;

/** Turns what a program of PostgreSQL wrote to standard error into a problem. */
final class ProgramProblem {
    private ProgramProblem() {}

    static RecoveryException of(ProgramEnd end) {
        String line = firstMeaningful(end.errors());
        var known = KnownMessage.in(line);
        if (known.isEmpty()) {
            known =
                    end.errors().stream()
                            .flatMap(each -> KnownMessage.in(each).stream())
                            .findFirst();
        }
        String why =
                line.isEmpty()
                        ? "It wrote no message."
                        : "It said: " + line + (line.endsWith(".") ? "" : ".");
        return new RecoveryException(
                new Problem(
                        known.map(KnownMessage::code).orElse(ProblemCode.PROGRAM_FAILED),
                        "The program " + end.program() + " ended with status " + end.status() + ".",
                        why,
                        known.map(KnownMessage::remedy)
                                .orElse(
                                        "Mend what it complains about, then run the command"
                                                + " again.")));
    }

    static RecoveryException pipeBroke(String program, IOException cause) {
        return new RecoveryException(
                ProblemCode.PROGRAM_FAILED,
                "Talking to the program " + program + " failed.",
                "The pipe to it broke: " + cause.getMessage() + ".",
                "Run the command again; when it happens again, look for the reason in the system's"
                        + " log (dmesg).",
                cause);
    }

    /**
     * The first line that tells of an error; without one the first that is neither empty nor a
     * notice; empty when there is none.
     */
    static String firstMeaningful(List<String> errors) {
        return errors.stream()
                .filter(line -> line.matches(".*\\b(error|fatal|ERROR|FATAL|PANIC): .*"))
                .findFirst()
                .or(
                        () ->
                                errors.stream()
                                        .filter(line -> !line.isBlank())
                                        .filter(
                                                line ->
                                                        !line.matches(
                                                                "(?i).*\\b(notice|warning|info|hint|detail): .*"))
                                        .findFirst())
                .map(ProgramProblem::withoutPrefix)
                .orElse("");
    }

    private static String withoutPrefix(String line) {
        return line.replaceFirst("^[a-z_]+: (error: |fatal: )?", "").strip();
    }
}
