package dev.lifeboat.ui.control;

import dev.lifeboat.ui.task.TimeText;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import java.time.Instant;

/** A time: UTC bold, local beside it. */
public final class TimeLabel extends HBox {
    private final Label utc = new Label();
    private final Label local = new Label();

    public TimeLabel() {
        getStyleClass().add("time-label");
        utc.getStyleClass().add("utc");
        utc.setMinWidth(USE_PREF_SIZE);
        local.getStyleClass().add("local");
        getChildren().addAll(utc, local);
    }

    public TimeLabel(TimeText times, Instant at) {
        this();
        show(times, at);
    }

    /** Shows another time. */
    public void show(TimeText times, Instant at) {
        utc.setText(times.utc(at));
        local.setText(times.local(at));
        setAccessibleText(times.both(at));
    }

    /** Shows words where no time is known. */
    public void showWords(String words) {
        utc.setText(words);
        local.setText("");
        setAccessibleText(words);
    }
}
