package dev.lifeboat.restore;

import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a restore that has arrived to a later target: the new plan is on disk before the journal
 * says that it holds.
 */
record Advance(RestoreSite site) {
    /**
     * Records the new plan as the one that is carried out.
     *
     * @throws RecoveryException PLAN_OUTDATED when the restore does not stand where the plan begins
     */
    void begin(PhysicalPlan next) throws RecoveryException {
        RestoreHistory history = site.history();
        requireSameRestore(next);
        require(history, next);
        long number = history.advances() + 1;
        site.files().writeDurably(site.folder().plan(number), PlanJson.write(next), site.engine());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", number);
        fields.put("from", site.plan().target().toString());
        fields.put("to", next.target().toString());
        fields.put("mustReach", next.goal().mustReach().toString());
        fields.put("digest", PlanJson.digest(next));
        fields.put("boot", RestoreSite.bootId());
        site.journal().record(RestoreHistory.ADVANCED, fields);
    }

    /** Where a restore stands that has arrived and can still go on; empty for any other. */
    static Optional<Lsn> standsAt(RestoreHistory history) {
        RestoreHistory leg = history.leg();
        boolean waits = leg.has(RestoreHistory.MADE_DURABLE) && !leg.has(RestoreHistory.PROMOTED);
        return waits && !history.has(RestoreHistory.DISCARDED)
                ? leg.last(RestoreHistory.ARRIVED)
                        .flatMap((Event event) -> event.text("lsn"))
                        .map(Lsn::parse)
                : Optional.empty();
    }

    /** Whether this goal lies before a position that was reached already. */
    static boolean isPassed(Goal goal, Lsn reached) {
        return goal.mustNotPass().map(reached::isAfter).orElse(true);
    }

    private void requireSameRestore(PhysicalPlan next) throws RecoveryException {
        PhysicalPlan current = site.plan();
        boolean same =
                next.id().equals(current.id())
                        && next.dataDirectory().equals(current.dataDirectory())
                        && next.manifestSha256().equals(current.manifestSha256());
        if (!same) {
            throw outdated("It is a plan for another restore, " + next.id() + ".");
        }
    }

    private static void require(RestoreHistory history, PhysicalPlan next)
            throws RecoveryException {
        Optional<Lsn> reached = standsAt(history);
        if (reached.isEmpty()) {
            throw outdated("The restore no longer waits at a target.");
        }
        if (isPassed(next.goal(), reached.get())) {
            throw outdated("The restore stands at " + reached.get() + " by now, behind that end.");
        }
    }

    private static RecoveryException outdated(String why) {
        return new RecoveryException(
                ProblemCode.PLAN_OUTDATED,
                "The restore does not go on by this plan.",
                why,
                "Look how it stands with: lifeboat restores list; then advance again.");
    }
}
