package dev.lifeboat.restore;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.wal.PostgresTime;

import java.time.Instant;
import java.util.Optional;

/**
 * What a time target still includes, judged as the server judges it.
 *
 * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, recoveryStopsBefore: replay ends
 * before the first commit or abort, prepared ones included, whose time is later than the target or,
 * exclusive, not earlier.
 *
 * @param lastMicros the last microsecond that is included, as {@link PostgresTime} counts
 */
record TimeLimit(long lastMicros) {
    /**
     * The limit of a target; empty for one that is no time.
     *
     * @throws RecoveryException TIME_UNREADABLE when its value is no time
     */
    static Optional<TimeLimit> of(RecoveryTarget target) throws RecoveryException {
        if (target.kind() != TargetKind.TIME) {
            return Optional.empty();
        }
        Instant time = Timestamps.parse(target.value()).instant();
        Instant last = target.inclusive() ? time : time.minusNanos(1);
        return Optional.of(new TimeLimit(PostgresTime.micros(last)));
    }

    Instant last() {
        return PostgresTime.instant(lastMicros);
    }

    /** Whether replay must end before a transaction that ended at this time. */
    boolean excludes(long micros) {
        return micros > lastMicros;
    }

    boolean excludes(Instant time) {
        return time.isAfter(last());
    }
}
