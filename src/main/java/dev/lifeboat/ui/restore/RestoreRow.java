package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** One restore in the list: how it stands, where it goes, since when, and the way to it. */
final class RestoreRow extends HBox {
    RestoreRow(RestoreView view, TimeText times, Consumer<String> open) {
        var text = new RunText(times);
        getStyleClass().addAll("card", "restore-row", Words.role(view.state()).styleClass());
        var badge = new StatusBadge(Words.role(view.state()), Words.state(view.state()));
        var name = new Label(view.id());
        name.getStyleClass().add("mono");
        var target = new Label(Messages.text("restore.row.target", text.target(view.plan())));
        target.setWrapText(true);
        target.setMinHeight(USE_PREF_SIZE);
        var facts = new Label(facts(view, times, text));
        facts.getStyleClass().add("caption");
        facts.setWrapText(true);
        facts.setMinHeight(USE_PREF_SIZE);
        var words = new VBox(new HBox(8, badge, name), target, facts);
        words.getStyleClass().add("restore-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        var button = new Button(Messages.text(label(view.state())));
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleText(button.getText() + " " + view.id());
        button.setOnAction(_ -> open.accept(view.id()));
        if (view.state() == RestoreState.INTERRUPTED || view.state() == RestoreState.PAUSED) {
            button.getStyleClass().add("accent");
        }
        getChildren().addAll(words, button);
    }

    private static String label(RestoreState state) {
        return state == RestoreState.INTERRUPTED ? "restore.row.goOn" : "restore.row.open";
    }

    private static String facts(RestoreView view, TimeText times, RunText text) {
        Optional<Instant> paused = text.pausedSince(view);
        if (paused.isPresent()) {
            return Messages.text("restore.row.paused", times.ago(paused.get()));
        }
        String started =
                view.startedAt()
                        .map(at -> Messages.text("restore.row.started", times.ago(at)))
                        .orElse(Messages.text("restore.row.notStarted"));
        return view.stage()
                .filter(_ -> view.state() == RestoreState.INTERRUPTED)
                .map(
                        stage ->
                                started
                                        + "  ·  "
                                        + Messages.text(
                                                "restore.row.at", Words.stage(stage, view.plan())))
                .orElse(started);
    }
}
