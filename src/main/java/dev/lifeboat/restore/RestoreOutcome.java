package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a restore came to.
 *
 * @param dataDirectory of a restored server
 * @param connection a libpq URI that psql takes as it is for the OS user who ran the command; empty
 *     when no server runs
 * @param target where a restore from a base was to arrive
 * @param reached where it did
 */
public record RestoreOutcome(
        String id,
        RestoreState state,
        Optional<Path> dataDirectory,
        Optional<String> connection,
        Optional<RecoveryTarget> target,
        Optional<Reached> reached) {
    /**
     * Where replay stopped.
     *
     * @param time of the last transaction that is there
     * @param xid of the last transaction that is there
     */
    public record Reached(Lsn lsn, Optional<Instant> time, Optional<Long> xid) {}
}
