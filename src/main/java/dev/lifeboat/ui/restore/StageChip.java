package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import java.util.Locale;

/** One stage of the strip: glyph, name, and the seconds it took or the share that is done. */
final class StageChip extends HBox {
    StageChip(RunStages.Row row, RestorePlan plan) {
        Role role =
                switch (row.standing()) {
                    case DONE -> Role.OK;
                    case RUNNING -> Role.INFO;
                    case STOPPED -> Role.WARN;
                    case WAITING -> Role.MUTED;
                };
        String icon =
                switch (row.standing()) {
                    case DONE -> "mdi2c-check-circle";
                    case RUNNING -> "mdi2p-play-circle";
                    case STOPPED -> "mdi2p-pause-circle";
                    case WAITING -> "mdi2c-circle-outline";
                };
        getStyleClass().addAll("stage-chip", role.styleClass());
        var name = new Label(Words.stage(row.stage(), plan));
        var figure = new Label(figure(row));
        figure.getStyleClass().add("mono-small");
        name.setMinWidth(USE_PREF_SIZE);
        figure.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(Icons.of(icon, "in-role"), name, figure);
        setAccessibleText(
                name.getText() + ", " + Words.standing(row.standing()) + " " + figure.getText());
    }

    private static String figure(RunStages.Row row) {
        return switch (row.standing()) {
            case DONE, STOPPED ->
                    row.seconds()
                            .map(s -> Messages.text("run.seconds", "%.1f".formatted(s)))
                            .orElse("");
            case RUNNING ->
                    row.fraction()
                            .map(f -> String.format(Locale.ROOT, "%.0f %%", f * 100))
                            .orElse("");
            case WAITING -> "";
        };
    }
}
