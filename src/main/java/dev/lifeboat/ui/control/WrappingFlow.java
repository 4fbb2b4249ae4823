package dev.lifeboat.ui.control;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A flow that long text does not widen: a label that may wrap, and a box of labels, take the flow's
 * width at most, where {@link FlowPane} would ask for all of the text on one line and push the page
 * wider than its window.
 */
public final class WrappingFlow extends FlowPane {

    public WrappingFlow() {
        getChildren().addListener((ListChangeListener<Node>) this::bound);
    }

    public WrappingFlow(Node... children) {
        this();
        getChildren().addAll(children);
    }

    private void bound(ListChangeListener.Change<? extends Node> change) {
        while (change.next()) {
            change.getRemoved().forEach(WrappingFlow::release);
            change.getAddedSubList().forEach(this::hold);
        }
    }

    private static void release(Node node) {
        if (node instanceof Region region && region.maxWidthProperty().isBound()) {
            region.maxWidthProperty().unbind();
        }
    }

    private void hold(Node node) {
        if (node instanceof VBox || (node instanceof Label label && label.isWrapText())) {
            ((Region) node)
                    .maxWidthProperty()
                    .bind(
                            Bindings.createDoubleBinding(
                                    this::innerWidth, widthProperty(), insetsProperty()));
        }
    }

    private double innerWidth() {
        return getWidth() <= 0
                ? Double.MAX_VALUE
                : Math.max(0, getWidth() - getInsets().getLeft() - getInsets().getRight());
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }
}
