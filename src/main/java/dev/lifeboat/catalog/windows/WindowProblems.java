package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalSegment;

/** What stops the windows from being found. */
final class WindowProblems {
    private WindowProblems() {}

    static RecoveryException segmentWent(WalSegment segment) {
        return new RecoveryException(
                ProblemCode.WAL_ABSENT,
                "Segment " + segment.name() + " is gone.",
                "It was listed a moment ago, and no region has it now.",
                "Look whether something cleans the archive up, then run the command again.");
    }
}
