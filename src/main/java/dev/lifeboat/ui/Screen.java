package dev.lifeboat.ui;

import javafx.scene.Node;
import javafx.scene.Parent;

import java.util.Optional;

/**
 * One place in the navigation. It is made once for a profile, shown and hidden many times, and
 * thrown away when another profile is chosen.
 */
public interface Screen {
    /** Which place it is. */
    Destination destination();

    /** What is shown; always the same node. */
    Parent root();

    /** It is shown from now on: registers its listeners and asks for what has grown old. */
    void activate();

    /**
     * It is hidden from now on: lets go of every listener and ticker. Work under way may go on; its
     * answers are kept.
     */
    void deactivate();

    /** What has the focus when one comes here; empty: the first that takes it. */
    default Optional<Node> beginning() {
        return Optional.empty();
    }

    /** F5: asks anew, whatever its age. */
    default void refresh() {}

    /** Ctrl+F: puts the focus where one filters; does nothing where there is no such place. */
    default void find() {}
}
