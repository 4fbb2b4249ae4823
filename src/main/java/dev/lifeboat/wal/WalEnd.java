package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;

/**
 * Where the valid log ends in the segments read so far, and why.
 *
 * @param lastRecord where the last valid record starts; empty when there was none
 * @param end where it ends: the position recovery reaches
 * @param openRecord where a record starts whose rest is missing; empty when the log ends between
 *     records
 * @param resumesAt a page behind the end, in the same segment, that belongs to the log all the
 *     same; empty when there is none, so that the end may be a true one
 * @param detail why the log is not valid further on, a full sentence
 */
public record WalEnd(
        WalSegment segment,
        Kind kind,
        Optional<Lsn> lastRecord,
        Lsn end,
        Optional<Lsn> openRecord,
        Optional<Lsn> resumesAt,
        String detail) {
    /** Why the log ends. */
    public enum Kind {
        /** It does not: the segment was valid to its last byte, and the next one is wanted. */
        SEGMENT_END,
        /** Zeroes follow, as in a segment that was not filled yet. */
        ZEROES,
        /** What follows is from an earlier use of the same file. */
        OLD_CONTENT,
        /** The content has fewer or more bytes than a segment. */
        WRONG_SIZE,
        /**
         * What follows is no log. With {@link #resumesAt} empty it can be the write that a crash
         * tore, as recovery takes it to be.
         */
        DAMAGED
    }

    /** Whether the segment was valid to its last byte, as an archived one has to be. */
    public boolean isComplete() {
        return kind == Kind.SEGMENT_END;
    }

    /**
     * Holds an archived segment to be whole.
     *
     * @throws RecoveryException {@link ProblemCode#WAL_DAMAGED} when it is not
     */
    public void requireComplete() throws RecoveryException {
        if (!isComplete()) {
            throw new RecoveryException(problem());
        }
    }

    /** This end, told as a problem. */
    public Problem problem() {
        String behind =
                resumesAt
                        .map(at -> " Log that belongs to it goes on at " + at + " behind the hole.")
                        .orElse("");
        return new Problem(
                ProblemCode.WAL_DAMAGED,
                "The WAL of segment " + segment.name() + " is valid up to " + end + " only.",
                detail + behind,
                "Fetch the segment from the other region or archive it again from pg_wal of the"
                        + " server; without it recovery ends at "
                        + end
                        + ".");
    }
}
