package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.restore.Goal;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.Node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The plan of bringing a cluster to a target, on one page: what one gets and loses, what will be
 * done, what will not, its command.
 */
final class PlanFacts {
    private final PhysicalPlan plan;
    private final TimeText times;
    private final boolean inUse;

    private PlanFacts(PhysicalPlan plan, TimeText times, boolean inUse) {
        this.plan = plan;
        this.times = times;
        this.inUse = inUse;
    }

    /**
     * The nodes, top to bottom.
     *
     * @param inUse whether a server was seen on the data directory
     */
    static List<Node> of(RestorePlan plan, String command, TimeText times, boolean inUse) {
        return switch (plan) {
            case PhysicalPlan cluster -> new PlanFacts(cluster, times, inUse).nodes(command);
            case LogicalPlan dump -> DumpFacts.of(dump, command, times);
        };
    }

    private List<Node> nodes(String command) {
        return List.of(
                PlanParts.headline(
                        plan,
                        Messages.text("plan.target", new RunText(times).target(plan)),
                        gained(),
                        lost(),
                        chain()),
                PlanParts.columns(willDo(), willNot()),
                PlanParts.command(command));
    }

    private String gained() {
        return plan.goal()
                .lastIncluded()
                .map(
                        last ->
                                Messages.text(
                                        "plan.get.last", last.xid(), times.exact(last.endedAt())))
                .orElse(Messages.text("plan.get.base", times.both(plan.base().finishedAt())));
    }

    private String lost() {
        return plan.goal().firstExcluded().map(this::lostFrom).orElseGet(this::lostUnknown);
    }

    /** Behind a target that is not the end, commits may follow that nobody has read yet. */
    private String lostUnknown() {
        return Messages.text(
                plan.target().kind() == TargetKind.LATEST
                        ? "plan.lose.nothing"
                        : "plan.lose.notSeen");
    }

    private String lostFrom(Goal.Transaction first) {
        return Messages.text("plan.lose.from", first.xid(), times.exact(first.endedAt()));
    }

    private String chain() {
        return Messages.text(
                "plan.chain",
                plan.base().id(),
                Messages.count("plan.segments", plan.wal().segments().size()),
                ByteSize.format(plan.wal().plainBytes()),
                Words.region(plan.region()),
                plan.timelines().stream().map(String::valueOf).collect(Collectors.joining(" → ")),
                plan.baseReason());
    }

    private List<String> willDo() {
        List<String> lines = new ArrayList<>();
        plan.renamedTo().ifPresent(to -> lines.add(rename(to)));
        lines.add(Messages.text("plan.will.make", plan.dataDirectory(), plan.host()));
        plan.tablespaces()
                .forEach(
                        (oid, path) -> lines.add(Messages.text("plan.will.tablespace", oid, path)));
        lines.add(
                Messages.text(
                        "plan.will.start",
                        plan.port(),
                        ByteSize.format(plan.sharedBuffersBytes())));
        lines.add(Messages.text("plan.will.then", Words.action(plan.action())));
        return lines;
    }

    private String rename(Path to) {
        return Messages.text(
                inUse ? "plan.will.rename.inUse" : "plan.will.rename", plan.dataDirectory(), to);
    }

    private List<String> willNot() {
        return List.of(
                plan.renamedTo().isPresent()
                        ? Messages.text("plan.willNot.live.there", plan.dataDirectory())
                        : Messages.text("plan.willNot.live"),
                Messages.text("plan.willNot.delete"),
                Messages.text("plan.willNot.archive"),
                Messages.text("plan.willNot.network"));
    }
}
