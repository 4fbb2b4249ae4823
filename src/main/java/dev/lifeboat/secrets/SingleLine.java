package dev.lifeboat.secrets;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Arrays;

/**
 * The one line of a key kept as a text: what {@code $(cat FILE)} and {@code openssl -pass
 * file:FILE} make of it, too. Where those two would differ, the text is refused.
 */
final class SingleLine {
    private SingleLine() {}

    /** Takes the line; the array given is wiped. */
    static Secret of(byte[] content, String setting, String origin) throws RecoveryException {
        int length = content.length;
        while (length > 0 && content[length - 1] == '\n') {
            length--;
        }
        byte[] line = Arrays.copyOf(content, length);
        Arrays.fill(content, (byte) 0);
        try {
            refuseUnlessOneLine(line, setting, origin);
            return Secret.ofBytes(line);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void refuseUnlessOneLine(byte[] line, String setting, String origin)
            throws RecoveryException {
        if (line.length == 0) {
            throw new RecoveryException(
                    ProblemCode.KEY_MISSING,
                    "The " + origin + " is empty.",
                    setting + " names it, and an empty key protects nothing.",
                    "Put the key there, or set " + setting + " to where it is.");
        }
        for (byte one : line) {
            if (one == '\n' || one == 0) {
                throw new RecoveryException(
                        ProblemCode.KEY_MISSING,
                        "The " + origin + " holds more than one line of text.",
                        "A key is a single line, and openssl would take the first one alone.",
                        "Leave only the key there, or set " + setting + " to where it is.");
            }
        }
    }
}
