package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** The timeline's keys and what they do. */
final class TimelineKeySheet {
    private TimelineKeySheet() {}

    /** Each line of the text is a key, a bar and what it does. */
    static Parent make() {
        var grid = new GridPane();
        grid.getStyleClass().add("timeline-keys");
        String[] lines = Messages.text("timeline.keys.list").split("\n");
        int half = (lines.length + 1) / 2;
        for (int i = 0; i < lines.length; i++) {
            String[] parts = lines[i].split("\\|", 2);
            var key = new Label(parts[0].strip());
            key.getStyleClass().addAll("mono", "strong");
            var what = new Label(parts[1].strip());
            grid.add(key, i < half ? 0 : 2, i % half);
            grid.add(what, i < half ? 1 : 3, i % half);
        }
        return grid;
    }
}
