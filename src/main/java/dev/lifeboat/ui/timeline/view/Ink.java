package dev.lifeboat.ui.timeline.view;

/** The colours of the timeline, by what they mean. The style sheet gives each by its property. */
enum Ink {
    GROUND("-ink-ground", "#0d1117"),
    RAISED("-ink-raised", "#151b23"),
    SELECTED("-ink-selected", "#17304f"),
    LINE("-ink-line", "#2b323b"),
    LINE_STRONG("-ink-line-strong", "#4b5561"),
    TEXT("-ink-text", "#e6edf3"),
    MUTED("-ink-muted", "#9198a1"),
    OK("-ink-ok", "#4fe0b5"),
    WARN("-ink-warn", "#e69f00"),
    DANGER("-ink-danger", "#f0603a"),
    INFO("-ink-info", "#4c8dff"),
    TARGET("-ink-target", "#f0e442");

    private final String property;
    private final String unstyled;

    Ink(String property, String unstyled) {
        this.property = property;
        this.unstyled = unstyled;
    }

    String property() {
        return property;
    }

    /** The colour before any style sheet was applied. */
    String unstyled() {
        return unstyled;
    }
}
