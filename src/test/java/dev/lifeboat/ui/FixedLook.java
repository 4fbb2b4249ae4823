package dev.lifeboat.ui;

import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

/** A look that never changes. */
public record FixedLook(ThemeMode mode, FontScale scale) implements Look {
    @Override
    public void change(ThemeMode wanted, FontScale size) {}
}
