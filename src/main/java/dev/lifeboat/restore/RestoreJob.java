package dev.lifeboat.restore;

import dev.lifeboat.host.Host;
import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.JobLock;
import dev.lifeboat.journal.JobSocket;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.handover.HandoverProblems;
import dev.lifeboat.restore.handover.HandoverRequest;
import dev.lifeboat.restore.handover.HandoverWorld;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A restore as a job: a folder with its plan and its journal, one process that works on it, a
 * socket through which others ask that process to stop. For one thread; {@link #progress()} may be
 * sampled by any.
 */
public final class RestoreJob {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreJob.class);

    /** What no resume can mend. */
    private static final Set<ProblemCode> FINAL =
            Set.of(
                    ProblemCode.END_NOT_REACHED,
                    ProblemCode.BACKUP_INCOMPLETE,
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    ProblemCode.PLAN_OUTDATED);

    private final RestoreFolder folder;
    private final JobTools tools;
    private final Consumer<Event> observer;
    private final RestoreProgress progress = new RestoreProgress();
    private volatile RestorePlan plan;

    private RestoreJob(
            RestoreFolder folder, RestorePlan plan, JobTools tools, Consumer<Event> observer) {
        this.folder = folder;
        this.plan = plan;
        this.tools = tools;
        this.observer = observer;
    }

    /**
     * Makes the job's folder and records the plan; nothing else is done yet.
     *
     * @param observer is told every event, in the working thread
     */
    public static RestoreJob create(
            RestoreFolder folder, RestorePlan plan, JobTools tools, Consumer<Event> observer)
            throws RecoveryException {
        return create(folder, plan, List.of(), tools, observer);
    }

    /**
     * As above, and keeps the checklist for the record.
     *
     * @param checklist as it stood when the restore was allowed to begin
     */
    public static RestoreJob create(
            RestoreFolder folder,
            RestorePlan plan,
            List<Evidence> checklist,
            JobTools tools,
            Consumer<Event> observer)
            throws RecoveryException {
        Host host = tools.host();
        folder.create(host);
        host.files()
                .writeDurably(
                        folder.checklist(), RestoreRecord.bytes(checklist), host.currentUser());
        host.files().writeDurably(folder.plan(), PlanJson.write(plan), host.currentUser());
        return new RestoreJob(folder, plan, tools, observer);
    }

    /**
     * Opens the job of an earlier process.
     *
     * @throws RecoveryException JOB_UNKNOWN when there is none in that folder; PLAN_OUTDATED when
     *     its plan was altered
     */
    public static RestoreJob open(RestoreFolder folder, JobTools tools, Consumer<Event> observer)
            throws RecoveryException {
        return new RestoreJob(folder, plan(folder, tools.host()), tools, observer);
    }

    /**
     * The plan of a restore: of one that advanced, that of the last advance. Errors as {@link
     * #open}.
     */
    public static RestorePlan plan(RestoreFolder folder, Host host) throws RecoveryException {
        long advances = RestoreHistory.of(Journal.read(folder.journal())).advances();
        Path file = advances == 0 ? folder.plan() : folder.plan(advances);
        if (!host.files().exists(folder.plan())) {
            throw new RecoveryException(
                    ProblemCode.JOB_UNKNOWN,
                    "There is no restore '" + folder.id() + "'.",
                    "The folder " + folder.path() + " holds no plan.",
                    "See which there are with: lifeboat restores list");
        }
        byte[] content =
                host.files().readText(file).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return PlanJson.read(content, file.toString());
    }

    public RestorePlan plan() {
        return plan;
    }

    public RestoreProgress progress() {
        return progress;
    }

    /**
     * Carries the plan out, or goes on where an earlier process stopped.
     *
     * @throws RecoveryException JOB_BUSY when another process works on it; LEASE_HELD when another
     *     restore works on the same target; LEASE_LOST; what stopped it, which the journal then
     *     holds; {@code CancelledException} when it was asked to stop
     */
    public RestoreOutcome run(CancelToken cancel) throws RecoveryException {
        return switch (plan) {
            case PhysicalPlan _ ->
                    work(
                            cancel,
                            site -> held(site.journal(), cancel, _ -> physically(site, cancel)));
            case LogicalPlan logical -> logically(logical, cancel, LogicalRestore::run);
        };
    }

    private void physically(RestoreSite site, CancelToken cancel) throws RecoveryException {
        new PhysicalRestore(site, progress, cancel).run();
    }

    /** Nobody else restores into the same place meanwhile. */
    private void held(Journal journal, CancelToken cancel, TargetGuard.Work work)
            throws RecoveryException {
        if (tools.leases().isEmpty()) {
            work.run(TargetGuard.none());
        } else {
            tools.leases().get().during(plan, journal, cancel, work);
        }
    }

    /**
     * Goes on to a later target without the base; interrupted, {@link #run} goes on with it.
     *
     * @param next from {@link AdvancePlanner}, for how this restore stands
     * @throws RecoveryException PLAN_OUTDATED when it stands elsewhere by now; else as {@link #run}
     */
    public RestoreOutcome advance(PhysicalPlan next, CancelToken cancel) throws RecoveryException {
        return work(
                cancel,
                site -> {
                    new Advance(site).begin(next);
                    plan = next;
                    held(site.journal(), cancel, _ -> physically(site(site.journal()), cancel));
                });
    }

    /** Makes the paused server a writable one. Errors as {@link #run}. */
    public RestoreOutcome promote(CancelToken cancel) throws RecoveryException {
        return work(
                cancel,
                site -> {
                    var stages = new StageClock(site.journal(), progress);
                    var recovery = new Recovery(site, progress, cancel);
                    stages.once(Stage.PROMOTE, recovery::promote);
                });
    }

    /**
     * Makes the restored server the database; after an interruption, or once its trouble is mended,
     * it goes on where it stopped.
     *
     * @throws RecoveryException OLD_SERVER_LIVES, WAL_CONFLICT, ARCHIVING_BROKEN, SERVER_FAILED;
     *     TARGET_IN_USE when it was handed over already; else as {@link #run}
     */
    public RestoreOutcome handover(HandoverRequest request, HandoverWorld world, CancelToken cancel)
            throws RecoveryException {
        return work(
                cancel,
                site -> {
                    Handover.require(site);
                    var stages = new StageClock(site.journal(), progress);
                    var recovery = new Recovery(site, progress, cancel);
                    var handover = new Handover(site, recovery, request, world, cancel);
                    held(
                            site.journal(),
                            cancel,
                            _ -> {
                                handover.fence();
                                if (!site.history().leg().has(RestoreHistory.PROMOTED)) {
                                    new PhysicalRestore(site, progress, cancel).arriveAgain();
                                    stages.once(Stage.PROMOTE, recovery::promote);
                                }
                                stages.run(Stage.HANDOVER, handover::run);
                            });
                });
    }

    /**
     * Stops the server of a restore that waits at its target or was promoted; the data stay. Errors
     * as {@link #run}.
     */
    public RestoreOutcome stop(CancelToken cancel) throws RecoveryException {
        return work(
                cancel,
                site -> {
                    refuseOnceHandedOver(site, "stopped");
                    new Recovery(site, progress, cancel).shutDown();
                });
    }

    private static void refuseOnceHandedOver(RestoreSite site, String what)
            throws RecoveryException {
        if (site.history().leg().has(RestoreHistory.HANDED_OVER)) {
            throw HandoverProblems.isTheDatabase(site.plan().id(), what);
        }
    }

    /**
     * Stops the server and removes what this restore made; plan and journal stay, and so does what
     * was renamed.
     */
    public void discard(CancelToken cancel) throws RecoveryException {
        if (plan instanceof LogicalPlan logical) {
            logically(logical, cancel, LogicalRestore::discard);
            return;
        }
        work(
                cancel,
                site -> {
                    refuseOnceHandedOver(site, "discarded");
                    var recovery = new Recovery(site, progress, cancel);
                    if (recovery.isServerAlive()) {
                        recovery.shutDown();
                    }
                    new Removal(site).all();
                    site.journal().record(RestoreHistory.DISCARDED, Map.of());
                });
    }

    /**
     * Drops, for good, the database that a logical restore moved aside; the caller has somebody
     * confirm it by its name.
     *
     * @throws RecoveryException USAGE when there is none; TARGET_IN_USE when somebody is in it
     */
    public void dropKept(CancelToken cancel) throws RecoveryException {
        if (plan instanceof LogicalPlan logical) {
            logically(logical, cancel, LogicalRestore::dropKept);
        } else {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "No database stands aside for the restore " + plan.id() + ".",
                    "It was restored from a base, beside the database.",
                    "See how it stands with: lifeboat restores show " + plan.id());
        }
    }

    private interface Work {
        void on(RestoreSite site) throws RecoveryException;
    }

    /** Work on a restore from a base; what others do not know is refused. */
    private RestoreOutcome work(CancelToken cancel, Work work) throws RecoveryException {
        return locked(
                cancel,
                journal -> {
                    work.on(site(journal));
                    return RestoreView.outcome(site(journal));
                });
    }

    private RestoreSite site(Journal journal) throws RecoveryException {
        return new RestoreSite(physical(), folder, (RestoreTools) tools, journal);
    }

    private PhysicalPlan physical() throws RecoveryException {
        return switch (plan) {
            case PhysicalPlan physical -> physical;
            case LogicalPlan logical ->
                    throw new RecoveryException(
                            ProblemCode.USAGE,
                            "The restore " + logical.id() + " has no server of its own.",
                            "It restores a dump into " + logical.target().confirmText() + ".",
                            "See how it stands with: lifeboat restores show " + logical.id());
        };
    }

    private interface LogicalWork {
        void on(LogicalRestore restore) throws RecoveryException;
    }

    /** Work on a restore of a dump. */
    private RestoreOutcome logically(LogicalPlan logical, CancelToken cancel, LogicalWork work)
            throws RecoveryException {
        return locked(
                cancel,
                journal -> {
                    held(
                            journal,
                            cancel,
                            guard ->
                                    work.on(
                                            new LogicalRestore(
                                                    site(logical, journal, guard, cancel))));
                    return LogicalRestore.outcome(
                            site(logical, journal, TargetGuard.none(), cancel));
                });
    }

    private LogicalSite site(
            LogicalPlan logical, Journal journal, TargetGuard guard, CancelToken cancel) {
        return new LogicalSite(
                logical, folder, (LogicalTools) tools, journal, progress, guard, cancel);
    }

    private interface Locked {
        RestoreOutcome with(Journal journal) throws RecoveryException;
    }

    /** What stops the work is in the journal before anybody is told. */
    private RestoreOutcome locked(CancelToken cancel, Locked work) throws RecoveryException {
        try (JobLock _ = JobLock.take(folder.lock());
                Journal journal = Journal.open(folder.journal(), tools.clock());
                JobSocket _ = JobSocket.listen(folder.path(), line -> answer(line, cancel))) {
            journal.onEvent(observer);
            journal.record(RestoreHistory.BEGAN, Map.of("pid", ProcessHandle.current().pid()));
            try {
                RestoreOutcome outcome = work.with(journal);
                keepRecord(journal);
                return outcome;
            } catch (RecoveryException stopped) {
                recordFailure(journal, stopped);
                throw stopped;
            }
        }
    }

    /** A disk too full for the journal as well must not hide what stopped the work. */
    private void recordFailure(Journal journal, RecoveryException stopped) {
        try {
            journal.record(RestoreHistory.FAILED, failure(stopped));
        } catch (RecoveryException alsoFailed) {
            stopped.addSuppressed(alsoFailed);
        }
        if (!(stopped instanceof CancelledException)) {
            keepRecord(journal);
        }
    }

    /** The restore is none the worse when no record of it can be kept. */
    private void keepRecord(Journal journal) {
        try {
            Optional<RecordKeeper> keeper = tools.recordKeeper();
            if (keeper.isEmpty()) {
                return;
            }
            RestoreHistory history = RestoreHistory.of(journal.events());
            Instant startedAt = history.events().getFirst().at();
            var record = RestoreRecord.of(folder, plan, history, state(history), tools.host());
            keeper.get().keep(plan.id(), startedAt, record, journal::note);
        } catch (RecoveryException notKept) {
            LOG.warn("No record of this restore could be kept.", notKept);
        }
    }

    private RestoreState state(RestoreHistory history) throws RecoveryException {
        return switch (plan) {
            case PhysicalPlan physical ->
                    history.state(false, RestoreView.serverRuns(physical, history, tools.host()));
            case LogicalPlan _ -> history.state(false, false);
        };
    }

    private String answer(String line, CancelToken cancel) {
        return switch (line) {
            case "stop" -> {
                Thread.ofPlatform().daemon().name("stop").start(cancel::cancel);
                yield "stopping";
            }
            case RestoreSample.QUESTION -> RestoreSample.of(progress).line();
            default -> "unknown request";
        };
    }

    private static Map<String, Object> failure(RecoveryException stopped) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("resumable", !FINAL.contains(stopped.code()));
        fields.put("problem", fields(stopped.problem()));
        return fields;
    }

    /** A problem as an event tells it. */
    static Map<String, Object> fields(Problem problem) {
        return Map.of(
                "code", problem.code().name(),
                "what", problem.what(),
                "why", problem.why(),
                "remedy", problem.remedy());
    }

    /** The folder, for those who show it. */
    public Path folder() {
        return folder.path();
    }
}
