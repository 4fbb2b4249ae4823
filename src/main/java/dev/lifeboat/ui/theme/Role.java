package dev.lifeboat.ui.theme;

import java.util.Locale;

/** A meaning with a colour. The colour never stands alone: the glyph and a word go with it. */
public enum Role {
    OK("mdi2c-check-circle"),
    WARN("mdi2a-alert"),
    DANGER("mdi2c-close-octagon"),
    INFO("mdi2i-information"),
    DRILL("mdi2f-flag-checkered"),
    TARGET("mdi2c-crosshairs-gps"),
    TEXT("mdi2c-circle-medium"),
    MUTED("mdi2h-help-circle-outline");

    private final String glyph;

    Role(String glyph) {
        this.glyph = glyph;
    }

    /** The icon's literal. */
    public String glyph() {
        return glyph;
    }

    /** The style class that gives a node, and what lies in it, the colour as {@code -role}. */
    public String styleClass() {
        return "role-" + name().toLowerCase(Locale.ROOT);
    }
}
