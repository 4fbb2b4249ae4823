package dev.lifeboat.pipeline;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

/** What can be wrong with compressed content. */
final class UnpackProblems {
    private static final String OTHER_COPY =
            "Take the copy of the other region, or another backup; `lifeboat verify --again` tells which"
                    + " are whole.";

    private UnpackProblems() {}

    static StreamException truncated(String name, String format) {
        return new StreamException(
                new RecoveryException(
                        ProblemCode.OBJECT_TRUNCATED,
                        name + " is cut short.",
                        "Its " + format + " content ends before the end that " + format + " marks.",
                        OTHER_COPY));
    }

    static StreamException damaged(String name, String format, String reason, Throwable cause) {
        return new StreamException(
                new RecoveryException(
                        ProblemCode.OBJECT_DAMAGED,
                        name + " cannot be unpacked.",
                        "Its " + format + " content is damaged: " + reason + ".",
                        OTHER_COPY,
                        cause));
    }

    static RecoveryException tooLong(String name, long promisedBytes) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " holds more than it should.",
                "It unpacks to more than the " + promisedBytes + " bytes that were recorded.",
                OTHER_COPY);
    }
}
