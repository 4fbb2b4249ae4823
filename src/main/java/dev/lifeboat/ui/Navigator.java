package dev.lifeboat.ui;

import java.time.Instant;

/** Leads from one screen to another. A wish for a place that has no screen is ignored. */
public interface Navigator {
    /** Shows a place. */
    void open(Destination destination);

    /** Whether a place has a screen: an action that would lead elsewhere is not offered. */
    boolean has(Destination destination);

    /** Begins a restore: the restore screen opens with it. */
    void restore(RestoreIntent intent);

    /** Shows one restore, by its id. */
    void showRestore(String id);

    /** Shows the timeline around an instant. */
    void timeline(Instant at);

    /** A navigator that leads nowhere, for screens on their own. */
    static Navigator nowhere() {
        return new Navigator() {
            @Override
            public void open(Destination destination) {}

            @Override
            public boolean has(Destination destination) {
                return true;
            }

            @Override
            public void restore(RestoreIntent intent) {}

            @Override
            public void showRestore(String id) {}

            @Override
            public void timeline(Instant at) {}
        };
    }
}
