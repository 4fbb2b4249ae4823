package dev.lifeboat.catalog.windows;

import dev.lifeboat.wal.TimelineId;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time that cannot be reached, and why.
 *
 * @param timeline that the missing stretch is of
 * @param after where it begins, which may be the last moment that can be reached; empty for the
 *     beginning of time
 * @param until the first moment behind it that is something else; empty when it does not end
 * @param because a full sentence for people
 */
public record Blank(
        WhyNot why,
        TimelineId timeline,
        Optional<Instant> after,
        Optional<Instant> until,
        String because) {
    /** Whether the moment lies in it: its beginning does, its end does not. */
    public boolean holds(Instant time) {
        return after.filter(time::isBefore).isEmpty()
                && until.filter(to -> !time.isBefore(to)).isEmpty();
    }
}
