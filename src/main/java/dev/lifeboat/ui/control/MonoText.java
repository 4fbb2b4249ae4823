package dev.lifeboat.ui.control;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** An id, an LSN, a path or a command: monospaced, with a button that copies it. */
public final class MonoText extends HBox {
    private final Label content = new Label();

    public MonoText() {
        getStyleClass().add("mono-text");
        content.getStyleClass().add("mono-content");
        content.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(content, Priority.ALWAYS);
        getChildren().addAll(content, Icons.button("mdi2c-content-copy", "copy", this::copy));
    }

    public MonoText(String text) {
        this();
        setText(text);
    }

    /** A command or another text of several lines, in a frame, wrapped. */
    public static MonoText block(String text) {
        var block = new MonoText(text);
        block.getStyleClass().add("block");
        block.setWrap(true);
        return block;
    }

    /** Whether a long text goes on in the next line. */
    public void setWrap(boolean wrap) {
        content.setWrapText(wrap);
        content.setMinHeight(USE_PREF_SIZE);
    }

    public boolean isWrap() {
        return content.isWrapText();
    }

    public String getText() {
        return content.getText();
    }

    public void setText(String text) {
        content.setText(text);
        content.setAccessibleText(text);
    }

    private void copy() {
        Copying.copy(getText());
    }
}
