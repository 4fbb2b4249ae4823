package dev.lifeboat.cli;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.TargetWords;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A plan and its checklist as people read them. */
final class PlanText {
    private PlanText() {}

    static String of(RestorePlan plan, ZoneId zone) {
        return switch (plan) {
            case PhysicalPlan physical -> of(physical, zone);
            case LogicalPlan logical -> of(logical, zone);
        };
    }

    private static String of(LogicalPlan plan, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + plan.id() + " on " + plan.host());
        lines.add(
                "  backup      "
                        + plan.source().id()
                        + " of "
                        + Timestamps.both(plan.source().takenAt(), zone)
                        + ", "
                        + ByteSize.format(plan.source().storedBytes())
                        + ". "
                        + plan.sourceReason());
        lines.add("  into        " + plan.target().confirmText() + " as " + plan.target().user());
        plan.scratch()
                .ifPresentOrElse(
                        name ->
                                lines.add(
                                        "  will make   the database "
                                                + name
                                                + ", filled and checked"),
                        () -> lines.add("  will fill   it in one transaction"));
        plan.kept()
                .ifPresent(
                        kept ->
                                lines.add(
                                        "  will rename "
                                                + plan.target().database()
                                                + " to "
                                                + kept
                                                + " and at the same instant"));
        plan.scratch()
                .ifPresent(
                        name ->
                                lines.add(
                                        "  will rename "
                                                + name
                                                + " to "
                                                + plan.target().database()));
        if (!plan.roles().isEmpty()) {
            lines.add("  will make   the roles " + String.join(", ", plan.roles()));
        }
        plan.spool()
                .ifPresent(
                        path ->
                                lines.add(
                                        "  will use    "
                                                + path
                                                + " for "
                                                + ByteSize.format(plan.source().spoolBytes())
                                                + ", removed afterwards"));
        lines.add("  will not    drop anything that exists, or change roles that exist");
        plan.notes().forEach(note -> lines.add("  note        " + note));
        plan.confirm().ifPresent(text -> lines.add("  confirm     --confirm '" + text + "'"));
        return String.join(System.lineSeparator(), lines);
    }

    private static String of(PhysicalPlan plan, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + plan.id() + " on " + plan.host());
        lines.add("  target      " + TargetWords.of(plan, zone));
        plan.goal()
                .lastIncluded()
                .ifPresent(
                        t ->
                                lines.add(
                                        "  you get     everything up to transaction "
                                                + t.xid()
                                                + " of "
                                                + Timestamps.exact(t.endedAt(), zone)));
        plan.goal()
                .firstExcluded()
                .ifPresent(
                        t ->
                                lines.add(
                                        "  you lose    transaction "
                                                + t.xid()
                                                + " of "
                                                + Timestamps.exact(t.endedAt(), zone)
                                                + " and all after it"));
        lines.add("  base        " + plan.base().id() + ". " + plan.baseReason());
        lines.add(
                "  WAL         "
                        + plan.wal().segments().size()
                        + " segments ("
                        + ByteSize.format(plan.wal().plainBytes())
                        + "), timelines "
                        + plan.timelines()
                        + ", from "
                        + plan.region());
        lines.add("  stops at    " + plan.goal().settings());
        lines.add(
                "  will make   "
                        + plan.dataDirectory()
                        + ", server on port "
                        + plan.port()
                        + ", then "
                        + plan.action().word());
        plan.renamedTo()
                .ifPresent(
                        path ->
                                lines.add(
                                        "  will rename "
                                                + plan.dataDirectory()
                                                + " to "
                                                + path
                                                + ", unless a server runs on it"));
        lines.add(
                "  will not    touch a running database, archive WAL, listen on the network, delete anything");
        plan.notes().forEach(note -> lines.add("  note        " + note));
        plan.confirm().ifPresent(text -> lines.add("  confirm     --confirm '" + text + "'"));
        return String.join(System.lineSeparator(), lines);
    }

    static String of(Checklist checklist) {
        List<String> lines = new ArrayList<>();
        for (CheckItem item : checklist.items()) {
            lines.add(
                    "%-8s %-22s %s (needed: %s)"
                            .formatted(
                                    item.state().word(),
                                    item.id(),
                                    item.measured(),
                                    item.needed()));
            if (item.state() != CheckItem.State.OK) {
                lines.add("         " + item.remedy());
            }
        }
        return String.join(System.lineSeparator(), lines);
    }
}
