package dev.lifeboat.cli;

import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.Evidence;
import dev.lifeboat.restore.HandedPlan;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.PlanJson;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.estimate.Outlook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code restore}: plan, checklist, confirmation, and the restore itself. */
@Command(
        name = "restore",
        description = {
            "Restores a dump into the database of DATABASE_URL: beside what is there, which is then kept under "
                    + "another name. With a target, or from a base: restores a cluster from a base and WAL beside whatever "
                    + "runs now, up to a moment; the server comes up paused and readable, sealed off from everything "
                    + "outside its copy."
        },
        footer = {
            "",
            "For example:  lifeboat restore latest --plan",
            "              lifeboat restore latest --confirm mockupaws@db.example.com:5432",
            "              lifeboat restore latest --target-time '2026-04-07 14:30:00'",
            "              lifeboat restore latest --target latest --region dr --plan"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Session session;
    private final RestoreWork work;

    @Mixin private PhysicalOptions options;

    @Option(
            names = "--verify-only",
            description = "Restore nothing: verify the same backup at the level readable.")
    private boolean verifyOnly;

    @Option(names = "--plan", description = "Print the plan and do nothing.")
    private boolean planOnly;

    @Option(
            names = "--plan-out",
            paramLabel = "FILE",
            description = "Save the plan and do nothing.")
    private Path planOut;

    @Option(
            names = "--from-plan",
            paramLabel = "FILE",
            description = "Carry out exactly this plan.")
    private Path fromPlan;

    @Option(
            names = "--confirm",
            paramLabel = "TEXT",
            description =
                    "What the plan prints as confirm, where something existing is moved aside.")
    private String confirm;

    @Option(
            names = "--said-at",
            paramLabel = "ITEM=TIME",
            description = "When an item was attested or overridden, in UTC, if not now; recorded.")
    private Map<String, Instant> saidAt = Map.of();

    RestoreCommand(Session session) {
        this.session = session;
        this.work = new RestoreWork(session);
    }

    @Override
    public Integer call() throws RecoveryException {
        work.into(options.databaseUrl());
        if (fromPlan != null) {
            return fromPlan();
        }
        options.requireBackup();
        if (verifyOnly) {
            return new VerifyCommand(session).readable(chosen(), options.region());
        }
        if (options.utcAssumed()) {
            session.output().say("The time names no offset; it is taken as UTC.");
        }
        boolean writes = !planOnly && planOut == null;
        var settings = writes ? session.settingsForWriting() : session.settings();
        try (Engine engine = session.engine(settings, options.region())) {
            RestorePlan plan = work.plan(engine, options);
            return writes ? carryOut(engine, plan) : show(engine, plan);
        }
    }

    /** Of a restore from a base the backup that its plan would choose. */
    private String chosen() throws RecoveryException {
        if (!options.physical()) {
            return options.backup();
        }
        try (Engine engine = session.engine(session.settings(), options.region())) {
            return switch (work.plan(engine, options)) {
                case PhysicalPlan physical -> physical.base().id();
                case LogicalPlan logical -> logical.source().id();
            };
        }
    }

    private int show(Engine engine, RestorePlan plan) throws RecoveryException {
        if (planOut != null) {
            save(plan);
        }
        Checklist checklist =
                work.checklist(engine, plan, options.attested(), options.overridden());
        var document = new LinkedHashMap<String, Object>();
        document.put("plan", PlanJson.tree(plan));
        document.put("digest", PlanJson.digest(plan));
        document.put("confirm", plan.confirm().orElse(null));
        Optional<Outlook> outlook = work.outlook(engine, plan);
        outlook.ifPresent(told -> document.put("outlook", OutlookText.json(told)));
        String told = outlook.map(o -> OutlookText.of(o) + System.lineSeparator()).orElse("");
        session.output()
                .result(
                        document,
                        () ->
                                PlanText.of(plan, session.zone())
                                        + System.lineSeparator()
                                        + told
                                        + PlanText.of(checklist));
        return 0;
    }

    private int fromPlan() throws RecoveryException {
        RestorePlan plan = PlanJson.read(read(fromPlan), fromPlan.toString());
        HandedPlan.taken(fromPlan, work.folder(plan.id()));
        try (Engine engine = work.engine(plan)) {
            if (!plan.host().equals(engine.host().name())) {
                throw new RecoveryException(
                        ProblemCode.PLAN_OUTDATED,
                        "The plan is for another machine.",
                        "It acts on " + plan.host() + ", and this is " + engine.host().name() + ".",
                        "Carry it out there, or make a plan here.");
            }
            return carryOut(engine, plan);
        }
    }

    private int carryOut(Engine engine, RestorePlan plan) throws RecoveryException {
        session.output().say(PlanText.of(plan, session.zone()));
        Checklist checklist =
                work.checklist(engine, plan, options.attested(), options.overridden());
        checklist.requireUnblocked();
        if (plan.confirm().isPresent()) {
            Confirmation.require(
                    session,
                    plan.confirm().get(),
                    Optional.ofNullable(confirm),
                    plan.stake().orElseThrow());
        }
        try (var reporter = work.reporter(plan.id())) {
            RestoreJob job =
                    RestoreJob.create(
                            work.folder(plan.id()),
                            plan,
                            evidence(checklist),
                            work.tools(engine, plan),
                            reporter::event);
            return work.run(job, running -> running.run(session.cancel()));
        }
    }

    private List<Evidence> evidence(Checklist checklist) throws RecoveryException {
        Instant now = session.clock().instant();
        for (var said : saidAt.entrySet()) {
            boolean known =
                    options.attested().containsKey(said.getKey())
                            || options.overridden().containsKey(said.getKey());
            if (!known || said.getValue().isAfter(now)) {
                throw new RecoveryException(
                        ProblemCode.USAGE,
                        "'" + said.getKey() + "' was not said at " + said.getValue() + ".",
                        known ? "That is still to come." : "Nobody attests or overrides it.",
                        "Leave --said-at out: what is said with the command is said now.");
            }
        }
        return checklist.evidence(saidAt, now);
    }

    private void save(RestorePlan plan) throws RecoveryException {
        try {
            Files.write(planOut, PlanJson.write(plan));
            session.output().say("The plan is in " + planOut + ".");
        } catch (IOException refused) {
            throw file(planOut, refused);
        }
    }

    private static byte[] read(Path file) throws RecoveryException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw file(file, unreadable);
        }
    }

    private static RecoveryException file(Path file, IOException cause) {
        return new RecoveryException(
                ProblemCode.USAGE,
                "The plan's file " + file + " cannot be used.",
                "The system answered: " + cause.getMessage() + ".",
                "Name a file that can be read or written.",
                cause);
    }
}
