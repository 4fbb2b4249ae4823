package dev.lifeboat.ui.shell;

import javafx.stage.Screen;

/** Whether a remembered place is still on some screen. */
final class ScreenBounds {
    private static final double TITLE_BAR = 40;

    private ScreenBounds() {}

    /** False for NaN, too. */
    static boolean holds(double x, double y) {
        return !Screen.getScreensForRectangle(x, y, TITLE_BAR, TITLE_BAR).isEmpty();
    }
}
