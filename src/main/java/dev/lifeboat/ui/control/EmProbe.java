package dev.lifeboat.ui.control;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.scene.control.Label;

/**
 * Tells how large the type is where it stands, for what JavaFX measures in pixels only. It is never
 * seen and takes no room.
 */
public final class EmProbe extends Label {
    private static final double BASE_PIXELS = 14;
    private final ReadOnlyDoubleWrapper em = new ReadOnlyDoubleWrapper(BASE_PIXELS);

    public EmProbe() {
        setManaged(false);
        setVisible(false);
        fontProperty().addListener((_, _, font) -> em.set(font.getSize()));
    }

    /** Pixels of one em. */
    public double em() {
        return em.get();
    }

    public ReadOnlyDoubleProperty emProperty() {
        return em.getReadOnlyProperty();
    }
}
