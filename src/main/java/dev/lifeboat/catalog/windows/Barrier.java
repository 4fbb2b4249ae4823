package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.WalSegment;

/**
 * A position that no replay passes, although the segments are there.
 *
 * @param file the segment it was found in
 * @param at the first position that is not reached; stopping before it is possible
 * @param why {@link WhyNot#WAL_LEVEL_MINIMAL} or {@link WhyNot#WAL_DAMAGED}
 */
public record Barrier(WalSegment file, Lsn at, WhyNot why) {
    /** Whether replay along the path reads that segment. */
    boolean isOn(TimelinePath path) {
        return path.candidates(file.number(), file.sizeBytes()).getFirst().equals(file);
    }
}
