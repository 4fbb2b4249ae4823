package dev.lifeboat.ui.control;

import dev.lifeboat.ui.Messages;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;

/** Makes icons, and buttons that are an icon and nothing else. */
public final class Icons {
    private Icons() {}

    /** An icon that a reader of the screen passes over: the word beside it says it. */
    public static Glyph of(String literal, String... styleClasses) {
        var icon = new Glyph(literal);
        icon.getStyleClass().addAll(styleClasses);
        return icon;
    }

    /**
     * A button without a word. Its name is told to who cannot see, and shown by the tooltip.
     *
     * @param key the message key of its name
     */
    public static Button button(String literal, String key, Runnable action) {
        var button = new Button();
        button.setGraphic(of(literal));
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(Messages.text(key));
        button.setTooltip(new Tooltip(Messages.text(key)));
        button.setOnAction(_ -> action.run());
        return button;
    }
}
