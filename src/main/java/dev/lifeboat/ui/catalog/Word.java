package dev.lifeboat.ui.catalog;

import dev.lifeboat.ui.theme.Role;

/**
 * What a cell says.
 *
 * @param hasGlyph whether the role's glyph stands before it
 */
record Word(Role role, String text, boolean hasGlyph) {
    static Word of(Role role, String text) {
        return new Word(role, text, true);
    }

    static Word plain(String text) {
        return new Word(Role.MUTED, text, false);
    }
}
