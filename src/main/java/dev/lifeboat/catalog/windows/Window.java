package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TimelineId;

import java.util.List;

/**
 * Positions of one timeline that can be recovered to, without a break.
 *
 * @param from the first of them: the end of a base, or where the timeline was forked
 * @param to the first position behind the last segment that can be reached; equal to {@code from}
 *     when only that one position is left
 * @param bases what recovery may start from, the one that opens the window first
 * @param abandoned whether the newest timeline did not come by here: a branch that was left behind
 */
public record Window(TimelineId timeline, Lsn from, Lsn to, List<String> bases, boolean abandoned) {
    public Window {
        bases = List.copyOf(bases);
    }
}
