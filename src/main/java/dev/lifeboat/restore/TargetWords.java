package dev.lifeboat.restore;

import dev.lifeboat.kernel.Timestamps;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Where a plan leads, in the same words wherever people read it: the time first, to the
 * microsecond, and what it stands before or behind; a position or a number as PostgreSQL spells it
 * after that, since nobody knows an instant by its LSN.
 */
public final class TargetWords {
    private final PhysicalPlan plan;
    private final ZoneId zone;

    private TargetWords(PhysicalPlan plan, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
    }

    /**
     * {@code just before transaction 812 of 2026-04-07 14:21:09.123456Z (16:21:09 CEST); lsn
     * 0/3012AB8, exclusive}.
     */
    public static String of(PhysicalPlan plan, ZoneId zone) {
        return new TargetWords(plan, zone).words();
    }

    private String words() {
        RecoveryTarget target = plan.target();
        return switch (target.kind()) {
            case TIME ->
                    Timestamps.exact(Instant.parse(target.value()), zone)
                            + (target.inclusive() ? "" : ", just before it")
                            + timeline();
            case LATEST ->
                    "the end of the archive" + behind().map(", "::concat).orElse("") + timeline();
            case IMMEDIATE -> "as soon as the base is consistent" + timeline();
            case NAME -> "the restore point " + target.value() + timeline();
            case LSN, XID -> placed().map(words -> words + "; " + target).orElse(target.toString());
        };
    }

    private Optional<String> placed() {
        return plan.target().inclusive() ? behind() : before().or(this::behind);
    }

    private Optional<String> before() {
        return plan.goal().firstExcluded().map(first -> "just before " + transaction(first));
    }

    private Optional<String> behind() {
        return plan.goal().lastIncluded().map(last -> "just after " + transaction(last));
    }

    private String transaction(Goal.Transaction told) {
        return "transaction " + told.xid() + " of " + Timestamps.exact(told.endedAt(), zone);
    }

    private String timeline() {
        return plan.target().timeline().map(id -> ", timeline " + id).orElse("");
    }
}
