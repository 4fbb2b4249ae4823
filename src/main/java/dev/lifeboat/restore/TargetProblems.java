package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TransactionRecord;

import java.util.Map;
import java.util.Optional;

/**
 * Why a target cannot be reached, and what can be reached instead. Nothing is ever chosen in its
 * place.
 */
final class TargetProblems {
    private TargetProblems() {}

    static RecoveryException beforeBase(RecoveryTarget target, BaseFacts base) {
        return new RecoveryException(
                ProblemCode.TARGET_BEFORE_BASE,
                "The target (" + target + ") lies before the end of the base it would start from.",
                "That base is consistent only from "
                        + base.stopLsn()
                        + " ("
                        + base.stopTime()
                        + ") on, and no older base leads to the target.",
                "Choose a later target, or --target immediate to get what the base itself holds.");
    }

    static RecoveryException afterEnd(RecoveryTarget target, Optional<WalTrail.Ending> lastCommit) {
        return new RecoveryException(
                ProblemCode.TARGET_AFTER_END,
                "The target (" + target + ") lies after the end of the archived WAL.",
                lastCommit
                        .map(
                                commit ->
                                        "The last transaction in the archive is "
                                                + tell(commit)
                                                + ".")
                        .orElse("No transaction was committed after the base."),
                "Take the end of the archive with --target latest"
                        + lastCommit
                                .map(
                                        commit ->
                                                ", or that commit with --target-time '"
                                                        + commit.time()
                                                        + "'")
                                .orElse("")
                        + "; newer WAL that the server still holds can be pushed with: lifeboat backup wal");
    }

    /**
     * @param missing the segment replay cannot pass
     * @param lastCommit the last transaction before it that can be reached
     * @param lost why it cannot be served although it was listed; empty when no region has it
     */
    static RecoveryException inGap(
            RecoveryTarget target,
            String missing,
            Optional<WalTrail.Ending> lastCommit,
            Optional<Problem> lost) {
        return new RecoveryException(
                ProblemCode.TARGET_IN_GAP,
                "The target ("
                        + target
                        + ") lies behind "
                        + (lost.isPresent()
                                ? "WAL that no region can serve."
                                : "a hole in the WAL."),
                cause(missing, lost) + " Replay cannot pass it.",
                reachable(lastCommit) + " " + wayPast(lost));
    }

    static RecoveryException baseWithoutItsWal(String missing, Optional<Problem> lost) {
        return new RecoveryException(
                ProblemCode.TARGET_IN_GAP,
                "The base cannot be made consistent.",
                "It needs segment " + missing + " itself. " + cause(missing, lost),
                "Choose another base, or bring the segment back. "
                        + lost.map(Problem::remedy)
                                .orElse("It may lie in another region (--region auto)."));
    }

    /** The same, where the WAL goes on behind a segment that replay cannot pass. */
    static RecoveryException unknownBefore(
            RecoveryException unknown,
            String missing,
            Optional<WalTrail.Ending> lastCommit,
            Optional<Problem> lost) {
        Problem problem = unknown.problem();
        return new RecoveryException(
                problem.code(),
                problem.what(),
                problem.why() + " " + cause(missing, lost) + " Replay cannot pass it.",
                problem.remedy() + " " + reachable(lastCommit) + " " + wayPast(lost));
    }

    private static String cause(String missing, Optional<Problem> lost) {
        return lost.map(found -> found.what() + " " + found.why())
                .orElse("Segment " + missing + " is in no region of the plan.");
    }

    private static String reachable(Optional<WalTrail.Ending> lastCommit) {
        return lastCommit
                .map(
                        commit ->
                                "The last transaction before it is "
                                        + tell(commit)
                                        + ": reach it with --target-lsn "
                                        + commit.lsn()
                                        + ".")
                .orElse(
                        "Nothing was committed between the base and it: reach the base itself with"
                                + " --target immediate, or choose a base that begins behind it.");
    }

    private static String wayPast(Optional<Problem> lost) {
        return lost.map(Problem::remedy).orElse("Or put the segment back and try again.");
    }

    static RecoveryException unknown(RecoveryTarget target, String first, String last) {
        return new RecoveryException(
                ProblemCode.TARGET_UNKNOWN,
                "The target (" + target + ") was not found in the WAL.",
                "The segments " + first + " to " + last + " hold no such record.",
                "Check the value; lifeboat timeline shows what can be reached.");
    }

    static Problem crossedEarlier(PhysicalPlan plan, TransactionRecord end) {
        var record = new Lsn(end.record().start());
        Map<String, String> settings = plan.goal().settings();
        String planned = settings.get("recovery_target_lsn");
        boolean inclusive = Boolean.parseBoolean(settings.get("recovery_target_inclusive"));
        return new Problem(
                ProblemCode.TARGET_AMBIGUOUS,
                "Replay was stopped: the target ("
                        + plan.target()
                        + ") was passed before the planned end, "
                        + planned
                        + ".",
                "Transaction "
                        + Integer.toUnsignedString(end.xid())
                        + " at "
                        + record
                        + " ended at "
                        + end.time()
                        + ", and the server's clock went back after it. No index told so when the"
                        + " plan was made.",
                "Discard this restore and make a new one that says where to end: --target-lsn "
                        + record
                        + " --exclusive stops before that transaction, as a server would; --target-lsn "
                        + planned
                        + (inclusive ? "" : " --exclusive")
                        + " takes it and what followed. After lifeboat wal index a plan"
                        + " finds such an end itself.");
    }

    static String tell(WalTrail.Ending commit) {
        return "transaction " + commit.xid() + " of " + commit.time() + " at " + commit.lsn();
    }
}
