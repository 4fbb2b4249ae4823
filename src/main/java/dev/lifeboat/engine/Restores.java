package dev.lifeboat.engine;

import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.checklist.PhysicalChecks;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.AdvancePlanner;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.PhysicalPlanner;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreTools;
import dev.lifeboat.restore.RestoreView;

import java.nio.file.Path;

/**
 * What planning, checking and carrying out a restore works with, for command line and window alike:
 * the same request gives both the same plan. For one thread, as its engine.
 */
public final class Restores {
    private final Engine engine;
    private final Path home;
    private final CancelToken cancel;

    /**
     * @param engine stays the caller's to close
     * @param home below which the jobs of restores lie
     */
    public Restores(Engine engine, Path home, CancelToken cancel) {
        this.engine = engine;
        this.home = home;
        this.cancel = cancel;
    }

    /**
     * The plan of a physical restore; nothing is changed.
     *
     * @throws RecoveryException as {@link PhysicalPlanner#plan}
     */
    public PhysicalPlan plan(RestoreRequest request) throws RecoveryException {
        return new PhysicalPlanner(
                        engine.backups(),
                        engine.catalog(),
                        engine.archive(),
                        engine.host(),
                        home,
                        Version.text(),
                        engine.clock(),
                        cancel)
                .plan(request);
    }

    /**
     * The plan of going on from where a restore waits to a later target; nothing is changed. The
     * engine's regions must be those of the restore's plan.
     *
     * @throws RecoveryException as {@link AdvancePlanner#plan}
     */
    public PhysicalPlan advance(RestoreView waiting, RecoveryTarget target)
            throws RecoveryException {
        return new AdvancePlanner(engine.archive(), Version.text(), engine.clock(), cancel)
                .plan(waiting, target);
    }

    /** What the plan needs, measured now; nobody has attested or overridden anything yet. */
    public Checklist checklist(RestorePlan plan) throws RecoveryException {
        return switch (plan) {
            case PhysicalPlan physical ->
                    new PhysicalChecks(
                                    engine.host(),
                                    engine.serverUser(),
                                    engine.programs(),
                                    engine.keys())
                            .of(physical);
        };
    }

    /** What a job carries its plan out with. */
    public RestoreTools tools() throws RecoveryException {
        return new RestoreTools(
                engine.backups(),
                engine.keyNames(),
                engine.archive(),
                engine.keys(),
                engine.host(),
                engine.serverUser(),
                engine.programs(),
                engine.clock(),
                Runtime.getRuntime().maxMemory(),
                engine.settings().queries());
    }
}
