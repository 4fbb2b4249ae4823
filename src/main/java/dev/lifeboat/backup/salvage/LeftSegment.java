package dev.lifeboat.backup.salvage;

import dev.lifeboat.wal.WalEnd;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.Optional;

/**
 * A segment that lies in {@code pg_wal}, read record by record.
 *
 * @param end how far its log is valid
 * @param commits transactions committed in it
 * @param lastCommit the time of the last of them
 */
public record LeftSegment(
        WalSegment segment, WalEnd end, long commits, Optional<Instant> lastCommit) {
    boolean isWhole() {
        return end.isComplete();
    }

    /** Whether at least one record ends in it: else nothing in it can be replayed. */
    boolean holdsRecords() {
        return end.lastRecord().isPresent() && end.end().compareTo(segment.start()) > 0;
    }
}
