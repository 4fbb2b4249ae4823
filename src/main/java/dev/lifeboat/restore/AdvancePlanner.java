package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.archive.WalArchive;

import java.time.Clock;
import java.util.Optional;

/**
 * Makes the plan of going on from where a restore waits to a later target. Everything but target
 * and WAL is as in the plan before. Changes nothing. For one thread.
 */
public final class AdvancePlanner {
    private final WalArchive archive;
    private final String tool;
    private final Clock clock;
    private final CancelToken cancel;

    /**
     * @param archive read with the regions of the restore's plan
     * @param tool the version that makes the plan
     */
    public AdvancePlanner(WalArchive archive, String tool, Clock clock, CancelToken cancel) {
        this.archive = archive;
        this.tool = tool;
        this.clock = clock;
        this.cancel = cancel;
    }

    /** Where the WAL leads to, and the end that was found there. */
    private record Way(WalChain run, Goal goal) {}

    /**
     * The plan for a later target of any kind. Without a timeline it stays on that of the plan
     * before.
     *
     * @throws RecoveryException ADVANCE_IMPOSSIBLE when the restore does not wait at a target;
     *     TARGET_PASSED for an earlier target, with the command of a new restore;
     *     TARGET_OTHER_TIMELINE when the timeline left the way before that point; TARGET_* when
     *     there is no way
     */
    public PhysicalPlan plan(RestoreView paused, RecoveryTarget target) throws RecoveryException {
        if (!(paused.plan() instanceof PhysicalPlan before)) {
            throw AdvanceProblems.notWaiting(paused);
        }
        Lsn reached = standsAt(paused);
        WalView wal = WalView.of(archive, cancel);
        BaseFacts base = before.base().base();
        TimelinePath path = path(wal, before, reached, target);
        Way way =
                wal.search(before.base().systemIdentifier(), base)
                        .ask(
                                wal.run(base, path),
                                (resolver, run) -> new Way(run, goal(resolver, before, target)));
        Goal goal = way.goal();
        if (target.kind() == TargetKind.IMMEDIATE || Advance.isPassed(goal, reached)) {
            throw AdvanceProblems.passed(before, target, reached);
        }
        return before.toward(
                tool,
                clock.instant(),
                target,
                path.spans().stream().map(span -> span.timeline().value()).toList(),
                goal,
                wal.need(path, way.run(), goal, base.walSegmentBytes()));
    }

    private static Lsn standsAt(RestoreView paused) throws RecoveryException {
        boolean waits =
                paused.state() == RestoreState.PAUSED || paused.state() == RestoreState.STOPPED;
        Optional<Lsn> reached = Advance.standsAt(paused.history());
        if (!waits || reached.isEmpty()) {
            throw AdvanceProblems.notWaiting(paused);
        }
        return reached.get();
    }

    /** The new way must run through what was replayed: going back is a new restore. */
    private static TimelinePath path(
            WalView wal, PhysicalPlan before, Lsn reached, RecoveryTarget target)
            throws RecoveryException {
        BaseFacts base = before.base().base();
        Optional<Long> followed = Optional.of(before.timelines().getLast());
        TimelinePath old = wal.path(base, followed);
        TimelineId here = old.at(reached.plus(-1));
        TimelinePath path = wal.path(base, target.timeline().or(() -> followed));
        if (!path.canStartAt(here, reached)) {
            throw new RecoveryException(
                    ProblemCode.TARGET_OTHER_TIMELINE,
                    "The restore cannot go on to timeline " + path.target() + ".",
                    "It stands at "
                            + reached
                            + " of timeline "
                            + here
                            + ", which that one left before or never met.",
                    "Make a new restore: " + AdvanceProblems.restoreCommand(before, target));
        }
        return path;
    }

    private static Goal goal(TargetResolver resolver, PhysicalPlan before, RecoveryTarget target)
            throws RecoveryException {
        try {
            return resolver.resolve(target);
        } catch (RecoveryException refused) {
            if (refused.code() == ProblemCode.TARGET_BEFORE_BASE) {
                throw AdvanceProblems.beforeBase(before, target, refused);
            }
            throw refused;
        }
    }
}
