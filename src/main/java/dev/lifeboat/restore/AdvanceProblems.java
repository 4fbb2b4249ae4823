package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/** Why a restore does not go on to a target. */
final class AdvanceProblems {
    private AdvanceProblems() {}

    static RecoveryException passed(PhysicalPlan before, RecoveryTarget target, Lsn reached) {
        return earlier(before, target, "The restore stands at " + reached + " already.", null);
    }

    static RecoveryException beforeBase(
            PhysicalPlan before, RecoveryTarget target, RecoveryException cause) {
        return earlier(before, target, cause.problem().why(), cause);
    }

    private static RecoveryException earlier(
            PhysicalPlan before, RecoveryTarget target, String where, RecoveryException cause) {
        return new RecoveryException(
                ProblemCode.TARGET_PASSED,
                "The target (" + target + ") lies before where the restore stands.",
                where + " Replay only goes forward; nothing was changed.",
                "An earlier point needs a new restore: " + restoreCommand(before, target),
                cause);
    }

    static RecoveryException notWaiting(RestoreView view) {
        String remedy =
                switch (view.state()) {
                    case PROMOTED, HANDED_OVER ->
                            "A promoted server has a history of its own. Make a new restore with:"
                                    + " lifeboat restore latest --target...";
                    case INTERRUPTED, PLANNED ->
                            "Finish it first: lifeboat restores resume " + view.id();
                    default -> "See how it stands with: lifeboat restores show " + view.id();
                };
        return new RecoveryException(
                ProblemCode.ADVANCE_IMPOSSIBLE,
                "The restore " + view.id() + " cannot go on to another target.",
                "It is " + view.state().word() + ", and only one that waits at its target can.",
                remedy);
    }

    /** The command for the same target from the start, in its own directory. */
    static String restoreCommand(PhysicalPlan before, RecoveryTarget target) {
        return "lifeboat restore latest "
                + option(target)
                + (target.inclusive() ? "" : " --exclusive")
                + target.timeline().map(id -> " --timeline " + id).orElse("")
                + (before.region().equals("auto") ? "" : " --region " + before.region());
    }

    private static String option(RecoveryTarget target) {
        return switch (target.kind()) {
            case TIME -> "--target-time '" + target.value() + "'";
            case LSN -> "--target-lsn " + target.value();
            case XID -> "--target-xid " + target.value();
            case NAME -> "--target-name '" + target.value().replace("'", "'\\''") + "'";
            case LATEST, IMMEDIATE -> "--target " + target.kind().word();
        };
    }
}
