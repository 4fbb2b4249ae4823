package dev.lifeboat.ui.theme;

/** Which theme somebody wants. */
public enum ThemeMode {
    /** Dark or light, as the system has it. */
    SYSTEM("theme.system"),
    DARK("theme.dark"),
    LIGHT("theme.light"),
    CONTRAST("theme.contrast");

    private final String key;

    ThemeMode(String key) {
        this.key = key;
    }

    /** The message key of its name. */
    public String key() {
        return key;
    }

    /** The stylesheet it comes to when the system is dark or not. */
    Theme theme(boolean systemIsDark) {
        return switch (this) {
            case SYSTEM -> systemIsDark ? Theme.DARK : Theme.LIGHT;
            case DARK -> Theme.DARK;
            case LIGHT -> Theme.LIGHT;
            case CONTRAST -> Theme.CONTRAST;
        };
    }
}
