package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.task.Ticker;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;

import java.time.Duration;

/** Ticks on the FX thread. */
public final class FxTicker implements Ticker {
    @Override
    public Ticking every(Duration period, Runnable action) {
        var timeline =
                new Timeline(
                        new KeyFrame(
                                javafx.util.Duration.millis((double) period.toMillis()),
                                _ -> action.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
        return timeline::stop;
    }
}
