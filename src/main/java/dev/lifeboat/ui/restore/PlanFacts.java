package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.restore.Goal;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.PlanJson;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan on one page: what one gets and loses, what will be done, what will not, its command. */
final class PlanFacts {
    private final PhysicalPlan plan;
    private final TimeText times;

    private PlanFacts(PhysicalPlan plan, TimeText times) {
        this.plan = plan;
        this.times = times;
    }

    /** The nodes, top to bottom. */
    static List<Node> of(PhysicalPlan plan, String command, TimeText times) {
        var facts = new PlanFacts(plan, times);
        List<Node> nodes = new ArrayList<>();
        nodes.add(facts.headline());
        var columns = new FlowPane(facts.willDo(), facts.willNot());
        columns.getStyleClass().add("plan-columns");
        nodes.add(columns);
        nodes.add(facts.command(command));
        return nodes;
    }

    private Node headline() {
        var get = answer("plan.get", gained(), "role-ok");
        var lose = answer("plan.lose", lost(), "role-danger");
        var how = answer("plan.how", chain(), "role-info");
        var card = new VBox(identity(), get, lose, how);
        card.getStyleClass().add("card");
        plan.notes().forEach(note -> card.getChildren().add(note(note)));
        return card;
    }

    private Node identity() {
        var id = new MonoText(plan.id());
        var digest =
                new Label(Messages.text("plan.digest", PlanJson.digest(plan).substring(0, 12)));
        digest.getStyleClass().addAll("caption");
        digest.setMinWidth(Label.USE_PREF_SIZE);
        var target = new Label(Messages.text("plan.target", new RunText(times).target(plan)));
        target.getStyleClass().add("strong");
        target.setWrapText(true);
        target.setMinHeight(Label.USE_PREF_SIZE);
        var row = new FlowPane(id, digest);
        row.getStyleClass().add("toolbar-row");
        return new VBox(target, row);
    }

    private String gained() {
        return plan.goal()
                .lastIncluded()
                .map(last -> Messages.text("plan.get.last", last.xid(), times.both(last.endedAt())))
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
        return Messages.text("plan.lose.from", first.xid(), times.both(first.endedAt()));
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

    private VBox willDo() {
        List<String> lines = new ArrayList<>();
        plan.renamedTo()
                .ifPresent(
                        to ->
                                lines.add(
                                        Messages.text(
                                                "plan.will.rename", plan.dataDirectory(), to)));
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
        return list("plan.will", lines, "mdi2c-check");
    }

    private VBox willNot() {
        return list(
                "plan.willNot",
                List.of(
                        Messages.text("plan.willNot.live"),
                        Messages.text("plan.willNot.delete"),
                        Messages.text("plan.willNot.archive"),
                        Messages.text("plan.willNot.network")),
                "mdi2m-minus-circle-outline");
    }

    private static VBox list(String key, List<String> lines, String icon) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().add("h2");
        var box = new VBox(title);
        box.getStyleClass().addAll("card", "plan-column");
        lines.forEach(line -> box.getChildren().add(line(icon, line)));
        return box;
    }

    private static HBox line(String icon, String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        HBox.setHgrow(label, Priority.ALWAYS);
        var row = new HBox(Icons.of(icon, "muted"), label);
        row.getStyleClass().add("plan-line");
        return row;
    }

    private static HBox note(String text) {
        HBox row = line("mdi2a-alert", text);
        row.getStyleClass().addAll("plan-note", "role-warn");
        row.getChildren().getFirst().getStyleClass().add("in-role");
        return row;
    }

    private static VBox answer(String key, String text, String role) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().addAll("overline", "in-role", role);
        var words = new Label(text);
        words.setWrapText(true);
        words.setMinHeight(Label.USE_PREF_SIZE);
        var box = new VBox(title, words);
        box.getStyleClass().add("plan-answer");
        return box;
    }

    private Node command(String command) {
        var title = new Label(Messages.text("plan.command"));
        title.getStyleClass().add("overline");
        var box = new VBox(title, MonoText.block(command));
        box.getStyleClass().add("plan-answer");
        return box;
    }
}
