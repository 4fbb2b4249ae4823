package dev.lifeboat.ui;

import java.time.Instant;

/**
 * What a screen can be led to with. The shell calls it on the screen of the place, after it was
 * shown.
 */
public interface Accepts {
    /** The restore screen: begin with this. */
    default void accept(RestoreIntent intent) {}

    /** The restore screen: show the restore of this id. */
    default void acceptRestore(String id) {}

    /** The timeline: show this instant. */
    default void accept(Instant at) {}
}
