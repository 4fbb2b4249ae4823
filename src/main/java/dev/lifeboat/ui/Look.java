package dev.lifeboat.ui;

import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

/** The window's theme and size, to read and to change. FX thread only. */
public interface Look {
    ThemeMode mode();

    FontScale scale();

    /** Changes both at once. */
    void change(ThemeMode mode, FontScale scale);
}
