package dev.lifeboat.restore;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out the plan of a logical restore, so that at every instant either the old database has
 * the name, or the restored one, whole. What an earlier process finished is not done again; what it
 * left half done is dropped and begun anew.
 */
final class LogicalRestore {
    private static final Logger LOG = LoggerFactory.getLogger(LogicalRestore.class);

    /** After these a database that is whole waits for its name. */
    private static final Set<ProblemCode> WAITING =
            Set.of(
                    ProblemCode.CANCELLED,
                    ProblemCode.TARGET_IN_USE,
                    ProblemCode.LEASE_LOST,
                    ProblemCode.DATABASE_UNREACHABLE);

    private final LogicalSite site;
    private final LogicalPlan plan;
    private final StageClock stages;
    private final LogicalScratch scratch;
    private final LogicalSpool spool;
    private final LogicalSwap swap;

    LogicalRestore(LogicalSite site) {
        this.site = site;
        this.plan = site.plan();
        this.stages = new StageClock(site.journal(), site.progress());
        this.scratch = new LogicalScratch(site);
        this.spool = new LogicalSpool(site);
        this.swap = new LogicalSwap(site, scratch);
    }

    /** Goes on until the restored database has its name. */
    void run() throws RecoveryException {
        if (!isDone()) {
            try {
                arrive();
            } catch (RecoveryException stopped) {
                abandon(stopped);
                throw stopped;
            }
        }
        spool.remove();
        if (!site.history().has(RestoreHistory.RESTORED)) {
            site.record(
                    RestoreHistory.RESTORED, Map.of("connection", site.tools().database().uri()));
        }
    }

    /** A process that was killed right after the renaming could not write it down. */
    private boolean isDone() throws RecoveryException {
        if (plan.fillsDirectly()) {
            return site.history().ended(Stage.VERIFY);
        }
        return site.history().has(RestoreHistory.SWAPPED) || swap.recogniseDone();
    }

    private void arrive() throws RecoveryException {
        startOverWhereTheScratchIsGone();
        var content = new LogicalContent(site, scratch, spool);
        if (!plan.fillsDirectly() || !site.history().has(RestoreHistory.FILLING)) {
            stages.run(Stage.CHECK, new LogicalConditions(site)::run);
        }
        stages.once(Stage.CHOOSE, this::choose);
        if (!site.history().ended(Stage.PLACE) && plan.source().manifest().isPresent()) {
            new ArchivedObjects(site.tools().backups().orElseThrow(), site.cancel())
                    .await(
                            plan.source().manifest().get(),
                            site.journal(),
                            site.progress().fetched());
        }
        if (!site.history().ended(Stage.PLACE)) {
            if (!site.history().ended(Stage.FETCH) || !spool.isWhole()) {
                stages.run(Stage.FETCH, spool::fill);
            }
            stages.run(Stage.PLACE, content::place);
        }
        if (!plan.fillsDirectly()) {
            stages.once(Stage.CONFIGURE, swap::configure);
        }
        stages.once(Stage.VERIFY, content::verify);
        if (!plan.fillsDirectly()) {
            stages.run(Stage.HANDOVER, swap::run);
        }
    }

    /** Somebody dropped it, or the failure that stopped an earlier process did. */
    private void startOverWhereTheScratchIsGone() throws RecoveryException {
        if (plan.fillsDirectly() || !site.history().ended(Stage.PLACE)) {
            return;
        }
        boolean there;
        try (var cluster = site.cluster()) {
            there = scratch.find(cluster).isPresent();
        }
        if (!there) {
            site.record(
                    RestoreHistory.STARTED_OVER,
                    Map.of("why", "The database that was restored beside the target is gone."));
        }
    }

    private void choose() throws RecoveryException {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("backup", plan.source().id());
        choice.put("reason", plan.sourceReason());
        choice.put("database", plan.target().confirmText());
        choice.put("restoredInto", site.filled());
        choice.put("keptAs", plan.kept().orElse(null));
        site.record("backup-chosen", choice);
    }

    /** Leaves nothing half done behind; the problem that stopped it is what is told. */
    private void abandon(RecoveryException stopped) {
        boolean whole = site.history().ended(Stage.PLACE);
        boolean waits = WAITING.contains(stopped.code());
        try {
            if (!plan.fillsDirectly() && !(whole && waits)) {
                scratch.drop();
            }
            if (!waits) {
                spool.remove();
            }
        } catch (RecoveryException alsoFailed) {
            LOG.warn("What the restore had made stays for now: {}", alsoFailed.problem());
        }
    }

    /** Drops what the restore made; what had the name before has it still. */
    void discard() throws RecoveryException {
        if (site.history().has(RestoreHistory.SWAPPED)
                || site.history().has(RestoreHistory.RESTORED)
                || (!plan.fillsDirectly() && swap.recogniseDone())) {
            throw new RecoveryException(
                    ProblemCode.TARGET_IN_USE,
                    "The restore " + plan.id() + " is not discarded.",
                    "What it restored is the database " + plan.target().confirmText() + " now.",
                    plan.kept()
                            .map(
                                    kept ->
                                            "The one before is kept as "
                                                    + kept
                                                    + "; drop that one by confirming its name.")
                            .orElse("Drop it by hand if it is not wanted: dropdb."));
        }
        if (!plan.fillsDirectly()) {
            scratch.drop();
        }
        spool.remove();
        site.record(RestoreHistory.DISCARDED, Map.of());
    }

    /** Drops the database that had the name before, for good. */
    void dropKept() throws RecoveryException {
        swap.dropKept();
    }

    /** What it came to. */
    static RestoreOutcome outcome(LogicalSite site) {
        RestoreHistory history = site.history();
        return new RestoreOutcome(
                site.plan().id(),
                history.state(false, false),
                Optional.empty(),
                RestoreView.connection(history),
                Optional.empty(),
                Optional.empty());
    }
}
