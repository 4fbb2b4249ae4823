package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;

import java.util.List;
import java.util.Map;

/**
 * The history files of the archive.
 *
 * @param readable one for each timeline whose file was found, ascending
 * @param unreadable why the file of a timeline, which the inventory names, could not be had
 */
public record ArchivedHistories(
        List<TimelineHistory> readable, Map<TimelineId, Problem> unreadable) {
    public ArchivedHistories {
        readable = List.copyOf(readable);
        unreadable = Map.copyOf(unreadable);
    }
}
