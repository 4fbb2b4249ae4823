package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The way from the base to the target, with the moment that replay has come to. */
final class ReplayBar extends VBox {
    ReplayBar(ReplayLine line, TimeText times) {
        getStyleClass().add("replay-bar");
        var title = label(Messages.text("run.replay"), "overline");
        var bar = new ProgressBar(line.fraction());
        bar.setMaxWidth(Double.MAX_VALUE);
        String at = Messages.text("run.replay.at", times.both(line.at()));
        String left = Messages.text("run.replay.left", TimeSpan.told(line.left()));
        bar.setAccessibleText(title.getText() + ": " + at + ", " + left);
        var ends = new HBox(end("run.replay.from", line.from(), times), gap());
        ends.getChildren().add(end("run.replay.to", line.to(), times));
        getChildren().addAll(title, bar, ends, label(at + "  ·  " + left, "strong"));
    }

    private static Label end(String key, java.time.Instant at, TimeText times) {
        return label(Messages.text(key, times.both(at)), "mono-small");
    }

    private static Region gap() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    private static Label label(String text, String style) {
        var label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
