package dev.lifeboat.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

/** The colours that the roles have. */
public enum Theme {
    DARK("dark.css", true),
    LIGHT("light.css", false),
    /** White on black, with strong borders. */
    CONTRAST("contrast.css", true);

    private final String file;
    private final boolean dark;

    Theme(String file, boolean dark) {
        this.file = file;
        this.dark = dark;
    }

    boolean isDark() {
        return dark;
    }

    /** The controls' own look. */
    String userAgent() {
        return dark
                ? new PrimerDark().getUserAgentStylesheet()
                : new PrimerLight().getUserAgentStylesheet();
    }

    /** The address of its stylesheet. */
    public String stylesheet() {
        return Theming.resource(file);
    }
}
