package dev.lifeboat.ui.shell;

import java.util.Locale;

/**
 * Something that can be done from the palette.
 *
 * @param keys how it is done without the palette; empty when it has no shortcut
 */
record Action(String title, String keys, String icon, Runnable run) {
    /** Whether the letters typed stand in the title in this order; nothing typed fits all. */
    boolean fits(String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT).replace(" ", "");
        String words = title.toLowerCase(Locale.ROOT);
        int at = 0;
        for (int i = 0; i < wanted.length(); i++) {
            at = words.indexOf(wanted.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    /** How well it fits: 0 when the title begins with it, 1 when a word does, else 2. */
    int distance(String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT).strip();
        String words = title.toLowerCase(Locale.ROOT);
        if (words.startsWith(wanted)) {
            return 0;
        }
        return words.contains(" " + wanted) ? 1 : 2;
    }
}
