package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

/**
 * What the window remembers: where it stood and what it showed. No secret, nothing that matters.
 *
 * @param profile empty for the environment alone
 * @param x of the window on the screen; NaN where it was never shown
 */
public record ConsoleState(
        ThemeMode theme,
        FontScale scale,
        Destination destination,
        String profile,
        double x,
        double y,
        double width,
        double height,
        boolean maximized) {
    /**
     * Of a window that was never opened: dark, since it is opened at night, and since many desktops
     * do not tell what they are.
     */
    public static ConsoleState first() {
        return new ConsoleState(
                ThemeMode.DARK,
                FontScale.P100,
                Destination.HEALTH,
                "",
                Double.NaN,
                Double.NaN,
                1280,
                800,
                false);
    }

    ConsoleState withLook(ThemeMode mode, FontScale size) {
        return new ConsoleState(mode, size, destination, profile, x, y, width, height, maximized);
    }

    ConsoleState withDestination(Destination place) {
        return new ConsoleState(theme, scale, place, profile, x, y, width, height, maximized);
    }

    ConsoleState withProfile(String name) {
        return new ConsoleState(theme, scale, destination, name, x, y, width, height, maximized);
    }

    ConsoleState withBounds(double left, double top, double wide, double high, boolean max) {
        return new ConsoleState(theme, scale, destination, profile, left, top, wide, high, max);
    }
}
