package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestoreView;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code restores advance}: look, then move on. */
@Command(
        name = "advance",
        description = {
            "Moves a paused restore on to a later target, without the base. It pauses there again; do it as often "
                    + "as wanted. An earlier target needs a new restore, and the answer names its command."
        },
        footer = {
            "",
            "For example:  lifeboat restores advance ID --target-time '2026-04-07 14:35:00'",
            "              lifeboat restores advance ID --target latest"
        })
final class AdvanceCommand extends RestoresCommand.OfOne {
    @Mixin private TargetOptions target;

    AdvanceCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws RecoveryException {
        if (!target.given()) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "No target was given.",
                    "A restore advances to a place that is named.",
                    "Name one, for example: lifeboat restores advance " + id + " --target latest");
        }
        if (target.utcAssumed()) {
            session.output().say("The time names no offset; it is taken as UTC.");
        }
        RestoreView waiting = view();
        try (Engine engine = work.engine(waiting.plan());
                var reporter = work.reporter(id)) {
            PhysicalPlan next = work.advance(engine, waiting, target.target());
            session.output().say(PlanText.of(next, session.zone()));
            RestoreJob job =
                    RestoreJob.open(folder(), work.tools(engine, waiting.plan()), reporter::event);
            return work.run(job, running -> running.advance(next, session.cancel()));
        }
    }
}
