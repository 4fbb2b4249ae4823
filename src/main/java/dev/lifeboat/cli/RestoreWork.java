package dev.lifeboat.cli;

import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Outlooks;
import dev.lifeboat.engine.Restores;
import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.restore.JobTools;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestoreOutcome;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.estimate.Outlook;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.verify.VerifyMemory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the commands about restores have in common. */
final class RestoreWork {
    private final Session session;
    private Optional<String> databaseUrl = Optional.empty();
    private RunLog log;

    RestoreWork(Session session) {
        this.session = session;
    }

    /** Has restores of dumps go into this database, whatever the settings name. */
    void into(Optional<String> url) {
        databaseUrl = url;
    }

    RestorePlan plan(Engine engine, PhysicalOptions options) throws RecoveryException {
        into(options.databaseUrl());
        if (options.physical()) {
            return restores(engine).plan(options.request());
        }
        ConnectionSpec database =
                databaseUrl.isPresent()
                        ? engine.databaseAt(databaseUrl.get())
                        : engine.settings().database(engine.host().currentUser());
        return restores(engine).plan(options.logicalRequest(), database);
    }

    /** What the plan brings and costs; empty for a plan of which nothing is known to tell. */
    Optional<Outlook> outlook(Engine engine, RestorePlan plan) throws RecoveryException {
        return plan instanceof PhysicalPlan physical
                ? Optional.of(new Outlooks(engine, home(), session.cancel()).of(physical))
                : Optional.empty();
    }

    Checklist checklist(
            Engine engine,
            RestorePlan plan,
            Map<String, String> attested,
            Map<String, String> overridden)
            throws RecoveryException {
        return restores(engine).checklist(plan).with(attested, overridden);
    }

    PhysicalPlan advance(Engine engine, RestoreView waiting, RecoveryTarget target)
            throws RecoveryException {
        return restores(engine).advance(waiting, target);
    }

    JobTools tools(Engine engine, RestorePlan plan) throws RecoveryException {
        return restores(engine).tools(plan);
    }

    private Restores restores(Engine engine) throws RecoveryException {
        var restores = new Restores(engine, home(), session.cancel());
        return databaseUrl.isPresent()
                ? restores.into(engine.databaseAt(databaseUrl.get()))
                : restores;
    }

    /** The services for a restore that was planned earlier: the regions are those of its plan. */
    Engine engine(RestorePlan plan) throws RecoveryException {
        return session.engine(session.settingsForWriting(), region(plan.region()));
    }

    RestoreFolder folder(String id) throws RecoveryException {
        if (id.contains("/") || id.contains("..")) {
            throw new RecoveryException(
                    ProblemCode.JOB_UNKNOWN,
                    "There is no restore '" + id + "'.",
                    "An id is the name of a folder in " + home().resolve("restores") + ".",
                    "See which there are with: lifeboat restores list");
        }
        return RestoreFolder.of(home(), id);
    }

    Path home() {
        return session.directories().home();
    }

    /** Carries something out on a job and tells it; the exit code. */
    int run(RestoreJob job, Step step) throws RecoveryException {
        String id = job.plan().id();
        try (var reporter = reporter(id)) {
            reporter.watch(job.progress());
            RestoreOutcome outcome;
            try {
                outcome = step.on(job);
            } catch (RecoveryException stopped) {
                reporter.close();
                return reporter.failed(stopped, resumable(id));
            }
            reporter.close();
            reporter.finished(outcome);
            return 0;
        }
    }

    /** What is done with a job. */
    interface Step {
        RestoreOutcome on(RestoreJob job) throws RecoveryException;
    }

    RestoreReporter reporter(String id) throws RecoveryException {
        return new RestoreReporter(
                id,
                session.output(),
                session.zone(),
                log(),
                () -> VerifyMemory.forget(home().resolve(VerifyMemory.PLACE)));
    }

    /** One file for each command line; it is written line by line, and ends with the process. */
    private RunLog log() throws RecoveryException {
        if (log == null) {
            Settings settings = session.settings();
            log =
                    RunLog.open(
                            List.of(settings.logDirectory(), settings.archivingLogDirectory()),
                            "restore",
                            session.clock());
        }
        return log;
    }

    private boolean resumable(String id) throws RecoveryException {
        RestoreView view = RestoreView.of(folder(id), new dev.lifeboat.host.LocalHost());
        return view.state() == RestoreState.INTERRUPTED;
    }

    static RegionChoice region(String word) {
        return switch (word) {
            case "primary" -> RegionChoice.PRIMARY;
            case "dr" -> RegionChoice.DR;
            default -> RegionChoice.AUTO;
        };
    }
}
