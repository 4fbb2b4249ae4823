package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/**
 * The {@code .backup} file that a finished backup leaves in the archive: its label, and its end.
 *
 * <p>Source: {@code src/backend/access/transam/xlogbackup.c}, build_backup_content; {@code xlog.c},
 * do_pg_backup_stop.
 *
 * @param stop where the data became consistent: the first position a target may have. A backup
 *     taken from a standby says its minimum recovery position here
 * @param stopFile the segment that position lies in
 * @param stopTimeline where it ended
 */
public record BackupHistoryFile(
        BackupLabel label,
        Lsn stop,
        WalFileName.Segment stopFile,
        BackupTime stopTime,
        TimelineId stopTimeline) {
    /**
     * Reads a {@code .backup} file.
     *
     * @throws RecoveryException {@link ProblemCode#WAL_DAMAGED} when a line that every version from
     *     15 on writes is missing or cannot be read, or when it ends before it starts
     */
    public static BackupHistoryFile parse(String content) throws RecoveryException {
        var lines = new BackupLines("backup history file", content);
        BackupLabel label = BackupLabel.read(lines);
        BackupLines.Location stop = lines.location("STOP WAL LOCATION");
        if (stop.lsn().isBefore(label.start())) {
            throw lines.damaged(
                    "It stops at " + stop.lsn() + ", before its start " + label.start() + ".");
        }
        return new BackupHistoryFile(
                label,
                stop.lsn(),
                stop.file(),
                lines.time("STOP TIME"),
                lines.timeline("STOP TIMELINE"));
    }
}
