package dev.lifeboat.ui.control;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

import java.util.List;

/**
 * Cards of equal width that fill the width there is: all in one row where there is room, else two
 * by two, else one below another. Those of a row are equally high.
 */
public final class CardGrid extends Pane {
    private final EmProbe probe = new EmProbe();
    private double leastEm = 1;

    public CardGrid() {
        getStyleClass().add("card-grid");
        probe.emProperty().addListener((_, _, _) -> requestLayout());
        getChildren().add(probe);
    }

    /** The width that a card needs, in em. */
    public double getLeastEm() {
        return leastEm;
    }

    public void setLeastEm(double width) {
        leastEm = width;
        requestLayout();
    }

    /** Shows these cards and no others. */
    public void setCards(List<? extends Node> cards) {
        getChildren().setAll(cards);
        getChildren().add(probe);
    }

    private int columns(double width) {
        int all = getManagedChildren().size();
        int fitting = (int) ((width + gap()) / (leastEm * probe.em() + gap()));
        return Math.max(1, fitting >= all ? all : Math.min(2, fitting));
    }

    private double gap() {
        return 0.9 * probe.em();
    }

    private double cardWidth(double width, int columns) {
        return Math.floor((width - gap() * (columns - 1)) / columns);
    }

    @Override
    protected double computePrefHeight(double width) {
        double wide = width > 0 ? width : getWidth();
        int columns = columns(wide);
        double height = 0;
        List<Node> cards = getManagedChildren();
        for (int i = 0; i < cards.size(); i += columns) {
            height += rowHeight(cards, i, columns, cardWidth(wide, columns)) + gap();
        }
        return Math.max(0, height - gap());
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    private static double rowHeight(List<Node> cards, int from, int columns, double width) {
        return cards.subList(from, Math.min(cards.size(), from + columns)).stream()
                .mapToDouble(card -> card.prefHeight(width))
                .max()
                .orElse(0);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected void layoutChildren() {
        int columns = columns(getWidth());
        double width = cardWidth(getWidth(), columns);
        List<Node> cards = getManagedChildren();
        double y = 0;
        for (int i = 0; i < cards.size(); i += columns) {
            double height = rowHeight(cards, i, columns, width);
            for (int j = i; j < Math.min(cards.size(), i + columns); j++) {
                cards.get(j).resizeRelocate((j - i) * (width + gap()), y, width, height);
            }
            y += height + gap();
        }
    }
}
