package dev.lifeboat.ui.control;

import dev.lifeboat.ui.theme.Role;

import javafx.scene.control.Label;

/** A glyph, a word and a colour that say the same. */
public final class StatusBadge extends Label {
    private final Glyph icon = new Glyph();
    private Role role;

    /** Empty until {@link #show}. */
    public StatusBadge() {
        getStyleClass().add("status-badge");
        setGraphic(icon);
        setMinWidth(USE_PREF_SIZE);
    }

    public StatusBadge(Role role, String word) {
        this();
        show(role, word);
    }

    /** Says something else. */
    public void show(Role newRole, String word) {
        if (role != null) {
            getStyleClass().remove(role.styleClass());
        }
        role = newRole;
        getStyleClass().add(newRole.styleClass());
        icon.setLiteral(newRole.glyph());
        setText(word);
        setAccessibleText(word);
    }

    /** With a line around it, where it stands among text. */
    public StatusBadge framed() {
        getStyleClass().add("framed");
        return this;
    }
}
