package dev.lifeboat.restore.server;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerLog;
import dev.lifeboat.postgres.ServerLogEvent;
import dev.lifeboat.postgres.ServerLogEvent.Kind;
import dev.lifeboat.restore.spool.SpoolFiller;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches a server replay until it pauses at its target. It reads the log, and asks for positions
 * alone: another question could stand in replay's way.
 */
public final class ReplayWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayWatch.class);
    private static final Duration ROUND = Duration.ofMillis(25);
    private static final int ROUNDS_A_QUESTION = 10;

    private final RecoveryServer server;
    private final SpoolFiller filler;
    private final Consumer<Position> observer;
    private final long checkpointEveryBytes;
    private final Map<Kind, ServerLogEvent> seen = new EnumMap<>(Kind.class);
    private Database session;
    private Lsn lastCheckpoint;
    private Thread checkpoint;

    /**
     * How far replay has come.
     *
     * @param time of the last commit or abort that was replayed
     */
    public record Position(Lsn replayed, Optional<Instant> time) {}

    /** How a watch ended. */
    public enum End {
        /** The server says that it pauses at its target. */
        PAUSED_AT_TARGET,
        /**
         * The source's max_connections or its like was raised in the WAL; replay goes on only with
         * a start that raises them, too.
         */
        LIMITS_TOO_LOW
    }

    /**
     * @param observer is told the position about four times a second, once sessions are let in
     * @param checkpointEveryBytes after so much WAL the server is asked to write a restartpoint, so
     *     that its pg_wal does not grow without bound
     */
    public ReplayWatch(
            RecoveryServer server,
            SpoolFiller filler,
            Consumer<Position> observer,
            long checkpointEveryBytes) {
        this.server = server;
        this.filler = filler;
        this.observer = observer;
        this.checkpointEveryBytes = checkpointEveryBytes;
    }

    /**
     * Waits.
     *
     * @throws RecoveryException END_NOT_REACHED when recovery ended elsewhere; the problem of the
     *     spool when it could not give what replay needs; NO_SPACE when the server's disk is full;
     *     SERVER_FAILED when the server ended for another reason
     */
    public End await(ServerLog log, CancelToken cancel) throws RecoveryException {
        try {
            for (long round = 0; ; round++) {
                cancel.check();
                boolean alive = server.isAlive();
                take(log);
                if (seen.containsKey(Kind.PAUSING_AT_TARGET)) {
                    return End.PAUSED_AT_TARGET;
                }
                refuseWrongEnd(log);
                if (seen.containsKey(Kind.PARAMETER_TOO_LOW)) {
                    return End.LIMITS_TOO_LOW;
                }
                if (filler.failure().isPresent()) {
                    throw filler.failure().get();
                }
                if (!alive) {
                    throw ended(log);
                }
                if (round % ROUNDS_A_QUESTION == 0) {
                    ask(cancel);
                }
                cancel.sleep(ROUND);
            }
        } finally {
            hangUp();
        }
    }

    /** What the log has said since the watch began, the last line of each kind. */
    public Optional<ServerLogEvent> said(Kind kind) {
        return Optional.ofNullable(seen.get(kind));
    }

    private void take(ServerLog log) throws RecoveryException {
        for (ServerLogEvent event : log.poll()) {
            seen.put(event.kind(), event);
        }
    }

    private void refuseWrongEnd(ServerLog log) throws RecoveryException {
        if (seen.containsKey(Kind.ENDED_BEFORE_TARGET)) {
            throw notReached("The WAL ended before the target.", log);
        }
        if (seen.containsKey(Kind.ARCHIVE_RECOVERY_COMPLETE)
                || seen.containsKey(Kind.TIMELINE_SELECTED)) {
            throw notReached("The server left recovery without a pause at its target.", log);
        }
        if (seen.containsKey(Kind.TARGET_BEFORE_CONSISTENCY)) {
            throw notReached("The target lies before the base is consistent.", log);
        }
    }

    private static RecoveryException notReached(String why, ServerLog log) {
        return new RecoveryException(
                ProblemCode.END_NOT_REACHED,
                "Replay did not reach the target.",
                why + " The server's log tells more: " + log.file() + ".",
                "Discard this restore and make a new plan: lifeboat restore --plan ...");
    }

    private RecoveryException ended(ServerLog log) {
        ServerLogEvent fatal = seen.getOrDefault(Kind.PANIC, seen.get(Kind.FATAL));
        fatal = seen.getOrDefault(Kind.RESTORE_COMMAND_FAILED, fatal);
        if (fatal != null && fatal.tellsOfAFullDisk()) {
            return full(fatal, log);
        }
        return new RecoveryException(
                ProblemCode.SERVER_FAILED,
                "The recovering server ended.",
                fatal == null ? "Its log gives no reason." : "It said: " + fatal.message() + ".",
                "Look into " + log.file() + "; then go on with: lifeboat restores resume ID.");
    }

    private RecoveryException full(ServerLogEvent fatal, ServerLog log) {
        return new RecoveryException(
                ProblemCode.NO_SPACE,
                "The recovering server ended because its disk is full.",
                "It said: " + fatal.message() + ". (" + log.file() + ")",
                "Free space for its data directory; then go on with: lifeboat restores resume ID.");
    }

    /** No answer is no trouble: the server may not let anybody in yet, or cancel the question. */
    private void ask(CancelToken cancel) throws CancelledException {
        try {
            if (session == null) {
                if (!seen.containsKey(Kind.CONSISTENT)) {
                    return;
                }
                session = server.connect(cancel);
            }
            var position =
                    session.one(
                            row ->
                                    new Position(
                                            row.optionalLsn("lsn").orElse(Lsn.ZERO),
                                            row.optionalInstant("time")),
                            "SELECT pg_last_wal_replay_lsn() AS lsn,"
                                    + " pg_last_xact_replay_timestamp() AS time");
            observer.accept(position);
            checkpointWhenDue(position.replayed());
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException notNow) {
            LOG.debug("no position: {}", notNow.getMessage());
            hangUp();
        }
    }

    private void checkpointWhenDue(Lsn replayed) {
        if (lastCheckpoint == null) {
            lastCheckpoint = replayed;
        }
        boolean running = checkpoint != null && checkpoint.isAlive();
        if (!running && replayed.minus(lastCheckpoint) > checkpointEveryBytes) {
            lastCheckpoint = replayed;
            checkpoint = Thread.ofPlatform().daemon().name("restartpoint").start(this::checkpoint);
        }
    }

    private void checkpoint() {
        try (Database own = server.connect(CancelToken.never())) {
            own.execute("CHECKPOINT");
        } catch (RecoveryException failed) {
            LOG.warn("no restartpoint was written: {}", failed.getMessage());
        }
    }

    private void hangUp() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
