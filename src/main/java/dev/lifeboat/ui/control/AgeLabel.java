package dev.lifeboat.ui.control;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.control.Label;

import java.time.Duration;
import java.time.Instant;

/** How old something is; amber once it is older than it should be. */
public final class AgeLabel extends Label {
    private Instant at;
    private Duration limit = Duration.ofMinutes(10);

    public AgeLabel() {
        getStyleClass().add("age-label");
        setMinWidth(USE_PREF_SIZE);
    }

    /** Older than this is stale. */
    public void setLimit(Duration limit) {
        this.limit = limit;
    }

    /** Of what moment it is the age; null takes the text away. */
    public void setAt(Instant at) {
        this.at = at;
    }

    /** Writes the age as it is now; called again while it is shown. */
    public void update(TimeText times) {
        boolean stale =
                at != null && Duration.between(at, times.clock().instant()).compareTo(limit) > 0;
        getStyleClass().remove("stale");
        if (stale) {
            getStyleClass().add("stale");
        }
        setText(at == null ? "" : Messages.text(stale ? "age.stale" : "age.fresh", times.ago(at)));
    }
}
