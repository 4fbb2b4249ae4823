package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.Node;

import java.util.ArrayList;
import java.util.List;

/** The plan of putting a dump into a database, on one page. */
final class DumpFacts {
    private final LogicalPlan plan;
    private final TimeText times;

    private DumpFacts(LogicalPlan plan, TimeText times) {
        this.plan = plan;
        this.times = times;
    }

    static List<Node> of(LogicalPlan plan, String command, TimeText times) {
        var facts = new DumpFacts(plan, times);
        return List.of(
                PlanParts.headline(
                        plan,
                        Messages.text("plan.into", plan.target().confirmText()),
                        Messages.text(
                                "plan.dump.get",
                                plan.source().id(),
                                times.both(plan.source().takenAt())),
                        facts.lost(),
                        facts.how()),
                PlanParts.columns(facts.will(), willNot()),
                PlanParts.command(command));
    }

    private String lost() {
        return plan.kept()
                .map(
                        kept ->
                                Messages.text(
                                        "plan.dump.lose",
                                        plan.target().database(),
                                        times.both(plan.source().takenAt()),
                                        kept))
                .orElseGet(
                        () ->
                                Messages.text(
                                        plan.target().absent()
                                                ? "plan.dump.lose.absent"
                                                : "plan.dump.lose.empty"));
    }

    private String how() {
        return Messages.text(
                "plan.dump.how",
                plan.sourceReason(),
                Words.region(plan.region()),
                Messages.text(plan.source().holdsSql() ? "plan.dump.sql" : "plan.dump.custom"),
                plan.jobs());
    }

    private List<String> will() {
        List<String> lines = new ArrayList<>();
        plan.spool().ifPresent(path -> lines.add(Messages.text("plan.dump.will.spool", path)));
        if (!plan.roles().isEmpty()) {
            lines.add(Messages.text("plan.dump.will.roles", String.join(", ", plan.roles())));
        }
        plan.scratch()
                .ifPresentOrElse(
                        name ->
                                lines.add(
                                        Messages.text(
                                                "plan.dump.will.scratch",
                                                name,
                                                plan.target().confirmText())),
                        () ->
                                lines.add(
                                        Messages.text(
                                                "plan.dump.will.direct",
                                                plan.target().confirmText())));
        lines.add(Messages.text("plan.dump.will.verify"));
        plan.scratch().ifPresent(name -> lines.add(swap(name)));
        return lines;
    }

    private String swap(String scratch) {
        String database = plan.target().database();
        return plan.kept()
                .map(kept -> Messages.text("plan.dump.will.swap", database, kept, scratch))
                .orElse(Messages.text("plan.dump.will.name", scratch, database));
    }

    private static List<String> willNot() {
        return List.of(
                Messages.text("plan.dump.willNot.drop"),
                Messages.text("plan.dump.willNot.sessions"),
                Messages.text("plan.dump.willNot.others"));
    }
}
