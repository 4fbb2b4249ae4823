package dev.lifeboat.ui.restore;

import dev.lifeboat.rescue.TableReport;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.List;

/** What a rescue found of one table, and what it did. */
final class RescueTable extends VBox {
    private static final int SAMPLES = 5;

    RescueTable(TableReport report) {
        getStyleClass().add("check-row");
        var name = text(report.table(), "strong");
        name.setMinWidth(USE_PREF_SIZE);
        var head = new FlowPane(badge(report), name, text(counts(report), "mono"));
        head.getStyleClass().add("check-head");
        getChildren().add(head);
        if (report.applied().isEmpty()) { // what differed then
            samples("rescue.sample.missing", report.samples().missing());
            samples("rescue.sample.changed", report.samples().changed());
            samples("rescue.sample.new", report.samples().added());
        }
        report.notes().forEach(this::add);
        report.applied().ifPresent(this::done);
    }

    private static StatusBadge badge(TableReport report) {
        if (report.applied().isPresent()) {
            return new StatusBadge(Role.OK, Messages.text("rescue.state.done"));
        }
        if (report.state() == TableReport.State.DROPPED) {
            return new StatusBadge(Role.DANGER, Messages.text("rescue.state.dropped"));
        }
        boolean differs = report.missing() + report.changed() > 0;
        return differs
                ? new StatusBadge(Role.WARN, Messages.text("rescue.state.differs"))
                : new StatusBadge(Role.OK, Messages.text("rescue.state.same"));
    }

    private static String counts(TableReport report) {
        String key = report.applied().isPresent() ? "rescue.counts.before" : "rescue.counts";
        return Messages.text(key, report.missing(), report.changed(), report.added());
    }

    private void samples(String key, List<String> keys) {
        if (!keys.isEmpty()) {
            add(
                    Messages.text(
                            key,
                            String.join("; ", keys.subList(0, Math.min(SAMPLES, keys.size())))));
        }
    }

    private void done(TableReport.Applied done) {
        if (done.tableCreated()) {
            add(Messages.text("rescue.created"));
        }
        getChildren()
                .add(
                        text(
                                Messages.text(
                                        "rescue.done",
                                        done.inserted(),
                                        done.updated(),
                                        done.conflicts() + done.changedMeanwhile()),
                                "strong"));
        done.sequences().forEach(each -> add(Messages.text("rescue.sequence", each)));
        script("rescue.script", done.script().toString());
        script("rescue.undo", done.undoCommand());
    }

    private void script(String key, String text) {
        getChildren().addAll(text(Messages.text(key), "overline"), MonoText.block(text));
    }

    private void add(String words) {
        getChildren().add(text(words, "muted"));
    }

    private static Label text(String words, String style) {
        var label = new Label(words);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
