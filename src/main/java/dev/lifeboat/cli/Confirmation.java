package dev.lifeboat.cli;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;

/** The name of what is at stake, typed by the operator before anything that exists is moved. */
final class Confirmation {
    private Confirmation() {}

    /**
     * Holds the confirmation to be given: by option, or typed at a terminal.
     *
     * @param needed the exact text
     * @param given the value of {@code --confirm}
     * @param stake what will happen, a sentence
     * @throws RecoveryException CONFIRMATION_NEEDED when it is not, naming the option to give
     */
    static void require(Session session, String needed, Optional<String> given, String stake)
            throws RecoveryException {
        String typed = given.orElse("");
        if (given.isEmpty() && session.interactive()) {
            session.output().say(stake);
            session.output().say("Type " + needed + " to go on:");
            typed = line();
        }
        if (!typed.equals(needed)) {
            throw new RecoveryException(
                    ProblemCode.CONFIRMATION_NEEDED,
                    stake,
                    typed.isEmpty()
                            ? "Nobody has confirmed it."
                            : "'" + typed + "' is not " + needed + ".",
                    "If that is meant, give the same command again with --confirm '"
                            + needed
                            + "'.");
        }
    }

    private static String line() {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                            .readLine();
            return line == null ? "" : line.strip();
        } catch (IOException closed) {
            return "";
        }
    }
}
