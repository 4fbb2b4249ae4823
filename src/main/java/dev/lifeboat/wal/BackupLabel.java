package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;

/**
 * What a base backup says of its start: the {@code backup_label} in the base.
 *
 * <p>Source: {@code src/backend/access/transam/xlogbackup.c}, build_backup_content; {@code
 * xlogrecovery.c}, read_backup_label.
 *
 * @param start the REDO position that recovery begins from
 * @param startFile the segment that position lies in
 * @param checkpoint where the checkpoint record lies
 * @param method {@code streamed}
 * @param from {@code primary} or {@code standby}
 * @param startTime when it began
 * @param label the name given to the backup
 * @param timeline where it began
 * @param incrementalFrom the start of the backup that this one is an increment of (17 and later);
 *     such a base cannot be restored alone
 */
public record BackupLabel(
        Lsn start,
        WalFileName.Segment startFile,
        Lsn checkpoint,
        String method,
        String from,
        BackupTime startTime,
        String label,
        TimelineId timeline,
        Optional<Lsn> incrementalFrom) {
    /**
     * Reads {@code backup_label}.
     *
     * @throws RecoveryException {@link ProblemCode#WAL_DAMAGED} when a line that every version from
     *     15 on writes is missing or cannot be read, or when the lines contradict each other
     */
    public static BackupLabel parse(String content) throws RecoveryException {
        return read(new BackupLines("backup_label", content));
    }

    static BackupLabel read(BackupLines lines) throws RecoveryException {
        BackupLines.Location start = lines.location("START WAL LOCATION");
        TimelineId timeline = lines.timeline("START TIMELINE");
        if (!start.file().timeline().equals(timeline)) {
            throw lines.damaged(
                    "START TIMELINE says "
                            + timeline
                            + " but the first segment is "
                            + start.file().name()
                            + ".");
        }
        return new BackupLabel(
                start.lsn(),
                start.file(),
                lines.lsn("CHECKPOINT LOCATION"),
                lines.required("BACKUP METHOD"),
                lines.required("BACKUP FROM"),
                lines.time("START TIME"),
                lines.required("LABEL"),
                timeline,
                lines.optionalLsn("INCREMENTAL FROM LSN"));
    }

    /**
     * The first segment that this backup needs.
     *
     * @throws RecoveryException {@link ProblemCode#WAL_DAMAGED} when name and position do not
     *     belong together in a cluster of this segment size
     */
    public WalSegment firstSegment(int segmentSizeBytes) throws RecoveryException {
        Optional<WalSegment> segment = startFile.segment(segmentSizeBytes);
        if (segment.isEmpty() || !segment.get().contains(start)) {
            throw new RecoveryException(
                    ProblemCode.WAL_DAMAGED,
                    "The backup label contradicts itself.",
                    "Position "
                            + start
                            + " does not lie in "
                            + startFile.name()
                            + " with segments of "
                            + segmentSizeBytes
                            + " bytes.",
                    "Restore from another base backup, and verify this one.");
        }
        return segment.get();
    }
}
