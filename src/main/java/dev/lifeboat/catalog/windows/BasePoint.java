package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TimelineId;

/**
 * A base as the windows see it.
 *
 * @param start where replay begins
 * @param stop the first position that can be a target
 */
public record BasePoint(String id, TimelineId timeline, Lsn start, Lsn stop) {}
