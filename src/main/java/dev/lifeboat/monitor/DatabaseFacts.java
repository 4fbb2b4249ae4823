package dev.lifeboat.monitor;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.wal.TimelineId;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the database itself says.
 *
 * @param askedAt by this machine's clock
 * @param systemIdentifier of its cluster
 * @param timeline it writes on; empty on a standby
 * @param standby whether it is one
 * @param writtenTo how far WAL was written; empty on a standby
 * @param segmentBytes of its WAL
 * @param replayLag how old the last replayed commit is; empty on a primary
 * @param standbyLagBytes how far the last of its standbys is behind; empty when there are none, or
 *     this role may not see them
 */
public record DatabaseFacts(
        Instant askedAt,
        String systemIdentifier,
        Optional<TimelineId> timeline,
        boolean standby,
        ArchiverInfo archiver,
        Optional<Lsn> writtenTo,
        int segmentBytes,
        Optional<Duration> replayLag,
        OptionalLong standbyLagBytes) {}
