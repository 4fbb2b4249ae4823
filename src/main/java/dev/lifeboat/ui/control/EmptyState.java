package dev.lifeboat.ui.control;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A place with nothing in it: what would be here, and what to do so that there is. */
public final class EmptyState extends VBox {
    private final Glyph icon = Icons.of("mdi2t-tray", "empty-glyph");
    private final Label title = new Label();
    private final Label text = new Label();

    public EmptyState() {
        getStyleClass().add("empty-state");
        title.getStyleClass().add("empty-title");
        text.getStyleClass().add("empty-text");
        text.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(icon, title, text);
    }

    public EmptyState(String icon, String title, String text) {
        this();
        setIcon(icon);
        setTitle(title);
        setText(text);
    }

    public String getIcon() {
        return icon.getLiteral();
    }

    public void setIcon(String literal) {
        icon.setLiteral(literal);
    }

    public String getTitle() {
        return title.getText();
    }

    public void setTitle(String words) {
        title.setText(words);
    }

    public String getText() {
        return text.getText();
    }

    public void setText(String words) {
        text.setText(words);
    }

    /** A button for what to do. */
    public EmptyState withAction(String label, Runnable action) {
        var button = new Button(label);
        button.setOnAction(_ -> action.run());
        getChildren().add(button);
        return this;
    }
}
