package dev.lifeboat.ui.control;

import dev.lifeboat.ui.Messages;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The shape of what is being loaded, and a word that it is. Nothing moves. */
public final class Skeleton extends VBox {
    private static final double[] WIDTHS = {0.92, 0.66, 0.81, 0.55, 0.74};
    private final Label text = new Label(Messages.text("loading"));

    public Skeleton() {
        this(5);
    }

    public Skeleton(int rows) {
        getStyleClass().add("skeleton");
        text.getStyleClass().add("skeleton-text");
        getChildren().add(text);
        for (int row = 0; row < rows; row++) {
            getChildren().add(bar(WIDTHS[row % WIDTHS.length]));
        }
    }

    /** What is waited for. */
    public void setText(String words) {
        text.setText(words);
        setAccessibleText(words);
    }

    public String getText() {
        return text.getText();
    }

    private Region bar(double share) {
        var bar = new Region();
        bar.getStyleClass().add("skeleton-bar");
        bar.maxWidthProperty().bind(widthProperty().multiply(share));
        return bar;
    }
}
