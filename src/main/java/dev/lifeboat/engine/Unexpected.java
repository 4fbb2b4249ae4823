package dev.lifeboat.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * An error nobody foresaw, told without its message: that may hold an address, a key or a row. What
 * is told is its class, where it arose, and a fingerprint that is the same for the same fault.
 */
public final class Unexpected {
    private static final String OURS = "dev.lifeboat.";
    private static final int FRAMES = 8;
    private static final int CAUSES = 8;

    private Unexpected() {}

    /** The problem that stands for it. */
    public static Problem problem(Throwable error) {
        return new Problem(
                ProblemCode.UNEXPECTED,
                "Lifeboat stopped over an error it does not know: "
                        + error.getClass().getName()
                        + ", fingerprint "
                        + fingerprint(error)
                        + ".",
                "It arose in " + place(error) + ".",
                "Run the command again; if it stops here again, report this fingerprint with the"
                        + " version (lifeboat --version).");
    }

    /** Eight hexadecimal digits over the classes and the places of an error and its causes. */
    static String fingerprint(Throwable error) {
        var sum = new CRC32();
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            String places =
                    Arrays.stream(cause.getStackTrace())
                            .limit(FRAMES)
                            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                            .collect(Collectors.joining(","));
            sum.update((cause.getClass().getName() + ":" + places).getBytes(UTF_8));
            cause = cause.getCause();
        }
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    private static String place(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(
                        frame ->
                                frame.getClassName()
                                        + "."
                                        + frame.getMethodName()
                                        + ", line "
                                        + frame.getLineNumber())
                .orElse("a library");
    }
}
