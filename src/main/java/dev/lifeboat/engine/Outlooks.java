package dev.lifeboat.engine;

import dev.lifeboat.catalog.windows.RecoveryView;
import dev.lifeboat.catalog.windows.TargetAnswer;
import dev.lifeboat.catalog.windows.TargetAnswer.Reachable;
import dev.lifeboat.catalog.windows.TargetAnswer.Unreachable;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.Goal;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.estimate.Estimate;
import dev.lifeboat.restore.estimate.Estimator;
import dev.lifeboat.restore.estimate.Outlook;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedWal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a plan brings and costs. For one thread, as its engine. */
public final class Outlooks {
    /** So many segments that the index does not know are read for one answer. */
    private static final long MOST_READS = 256;

    private final Engine engine;
    private final Path home;
    private final CancelToken cancel;

    /**
     * @param engine stays the caller's to close
     * @param home below which the jobs of restores lie
     */
    public Outlooks(Engine engine, Path home, CancelToken cancel) {
        this.engine = engine;
        this.home = home;
        this.cancel = cancel;
    }

    /** What earlier restores of this machine tell about later ones. */
    public Estimator estimator() {
        return Estimator.of(home, engine.host());
    }

    /**
     * The outlook of a plan: lists the archive, and reads WAL that the index does not know as long
     * as it is not too much. What cannot be found out is said to be so.
     *
     * @throws CancelledException when cancelled
     */
    public Outlook of(PhysicalPlan plan) throws CancelledException {
        Estimate estimate = estimator().of(plan.base().plainBytes(), plan.wal().plainBytes());
        try {
            RecoveryView view = engine.windows().view(engine.catalog().load(cancel), cancel);
            if (view.answers().isEmpty()) {
                return new Outlook(Optional.empty(), Optional.of("No base is left."), estimate);
            }
            readBehind(plan, view.wal().orElseThrow());
            TargetAnswer answer =
                    view.answers()
                            .get()
                            .exactlyAt(
                                    end(plan),
                                    false,
                                    Optional.of(new TimelineId(plan.timelines().getLast())));
            return switch (answer) {
                case Reachable told -> new Outlook(Optional.of(told), Optional.empty(), estimate);
                case Unreachable no ->
                        new Outlook(Optional.empty(), Optional.of(no.because()), estimate);
            };
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unknown) {
            return new Outlook(Optional.empty(), Optional.of(unknown.problem().what()), estimate);
        }
    }

    /** The first position that will not be replayed. */
    private static Lsn end(PhysicalPlan plan) {
        Goal goal = plan.goal();
        String position = goal.settings().get("recovery_target_lsn");
        if (position == null) {
            return goal.mustReach();
        }
        boolean inclusive = Boolean.parseBoolean(goal.settings().get("recovery_target_inclusive"));
        return inclusive ? Lsn.parse(position).plus(1) : Lsn.parse(position);
    }

    private void readBehind(PhysicalPlan plan, IndexedWal wal) throws RecoveryException {
        int size = plan.wal().segmentBytes();
        Optional<WalSegment> first = WalSegment.parse(plan.wal().segments().getFirst(), size);
        List<WalRun> wanted = new ArrayList<>();
        long missing = 0;
        for (long id : plan.timelines()) {
            for (WalRun run : wal.inventory().runs(new TimelineId(id), size)) {
                if (run.last().number() >= first.orElseThrow().number()) {
                    wanted.add(run);
                    missing += run.segments() - wal.index().count(run);
                }
            }
        }
        if (missing <= MOST_READS) {
            wal.complete(wanted, engine.host().processors(), cancel, Progress.unwatched());
        }
    }
}
