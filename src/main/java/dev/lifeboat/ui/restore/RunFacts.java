package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.List;

/** What a restore is about, above everything that changes. */
final class RunFacts {
    private RunFacts() {}

    static List<Node> of(RestoreView view, RunText text, Instant now) {
        return List.of(
                fact("run.target", text.target(view.plan())),
                fact("run.host", view.plan().host()),
                fact("run.worked", RunText.worked(view, now).map(TimeSpan::told).orElse("–")),
                where(view.plan()));
    }

    private static VBox where(RestorePlan plan) {
        return switch (plan) {
            case PhysicalPlan cluster -> fact("run.where", cluster.dataDirectory().toString());
            case LogicalPlan dump ->
                    fact("run.into", dump.scratch().orElse(dump.target().database()));
        };
    }

    private static VBox fact(String key, String value) {
        var name = new Label(Messages.text(key));
        name.getStyleClass().add("overline");
        var words = new Label(value);
        words.getStyleClass().add("mono");
        words.setWrapText(true);
        words.setMinHeight(Label.USE_PREF_SIZE);
        var box = new VBox(name, words);
        box.getStyleClass().add("fact");
        return box;
    }
}
