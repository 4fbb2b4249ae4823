package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.place.ClaimedDirectory;
import dev.lifeboat.restore.spool.WalGuard;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Stands between the log and what lies outside the data directory. A tablespace that was made after
 * the base is replayed at the very path it had on the source: on the source's own machine that is
 * the live server's, and replay would destroy it. Replay is let at a path only when nothing was
 * there, and this restore has put its mark on it. And between a time and the end that the plan made
 * of it: a server's clock goes back, and the plan may not have read every transaction. Safe for use
 * by many threads.
 *
 * <p>Source: {@code src/backend/commands/tablespace.c}, tblspc_redo and
 * create_tablespace_directories; {@code src/backend/access/transam/xlogrecovery.c}, "WAL was
 * generated with wal_level=minimal".
 */
final class ReplayGuard implements WalGuard {
    private final RestoreSite site;
    private final Optional<TimeLimit> limit;

    /**
     * @throws RecoveryException TIME_UNREADABLE when the plan's target is no time
     */
    ReplayGuard(RestoreSite site) throws RecoveryException {
        this.site = site;
        this.limit = TimeLimit.of(site.plan().target());
    }

    @Override
    public void see(WalEvent event) throws RecoveryException {
        if (isBehindTheEnd(event.start())) {
            return;
        }
        switch (event) {
            case WalEvent.TablespaceCreated made -> prepare(made);
            case WalEvent.ParameterChange change -> refuseMinimal(change);
            default -> {
                // Acts inside the data directory alone.
            }
        }
    }

    /** A plan's end by time is right only when nothing before it ended too late. */
    @Override
    public Optional<Problem> objectionTo(TransactionRecord end) {
        if (limit.isEmpty() || !limit.get().excludes(end.timeMicros())) {
            return Optional.empty();
        }
        var record = new Lsn(end.record().start());
        boolean replayed = !record.isBefore(site.plan().base().base().startLsn());
        return replayed && !isBehindTheEnd(record)
                ? Optional.of(TargetProblems.crossedEarlier(site.plan(), end))
                : Optional.empty();
    }

    /** What the server will not replay is none of its business. */
    private boolean isBehindTheEnd(Lsn record) {
        Goal goal = site.plan().goal();
        return goal.mustNotPass()
                .map(end -> !record.isBefore(end))
                .orElse(!record.isBefore(goal.mustReach()));
    }

    private synchronized void prepare(WalEvent.TablespaceCreated made) throws RecoveryException {
        if (made.path().isEmpty()) {
            return;
        }
        ClaimedDirectory directory = site.claimed(Path.of(made.path()));
        switch (directory.state()) {
            case OURS -> {
                // Made by this restore, or by an earlier process of it.
            }
            case ABSENT, EMPTY -> claim(directory, made);
            case FOREIGN -> throw taken(made);
        }
    }

    /** In the journal first, so that what was made is found when the restore is discarded. */
    private void claim(ClaimedDirectory directory, WalEvent.TablespaceCreated made)
            throws RecoveryException {
        site.journal()
                .record(
                        RestoreHistory.TABLESPACE_MADE,
                        Map.of(
                                "path", made.path(),
                                "oid", made.tablespace(),
                                "lsn", made.start().toString()));
        directory.claim();
        directory.handTo(site.tools().serverUser());
    }

    private static void refuseMinimal(WalEvent.ParameterChange change) throws RecoveryException {
        if (change.walLevel() == WalEvent.WalLevel.MINIMAL) {
            throw new RecoveryException(
                    ProblemCode.TARGET_IN_GAP,
                    "The target lies behind a stretch of WAL that cannot be replayed.",
                    "From "
                            + change.start()
                            + " on the server wrote with wal_level = minimal, which leaves changes out.",
                    "Choose a target before it: --target-lsn "
                            + change.start()
                            + " --exclusive; or one behind the first base that was taken after it.");
        }
    }

    private static RecoveryException taken(WalEvent.TablespaceCreated made) {
        return new RecoveryException(
                ProblemCode.TABLESPACE_TAKEN,
                "Replay was stopped before it could write to " + made.path() + ".",
                "The transaction at "
                        + made.start()
                        + " made tablespace "
                        + made.tablespace()
                        + " there, replay makes it at the same path, and something lies there already:"
                        + " perhaps the source's own files.",
                "Restore on another machine, where that path is free; or to a target before it:"
                        + " --target-lsn "
                        + made.start()
                        + " --exclusive.");
    }
}
