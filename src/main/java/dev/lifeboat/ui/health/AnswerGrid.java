package dev.lifeboat.ui.health;

import dev.lifeboat.ui.control.EmProbe;
import dev.lifeboat.ui.control.Icons;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.List;

/** The four answers: in one row where there is room, else two by two, else one below another. */
public final class AnswerGrid extends Pane {
    private static final double CARD_EM = 17.5;
    private final EmProbe probe = new EmProbe();

    public AnswerGrid() {
        getStyleClass().add("answer-grid");
        probe.emProperty().addListener((_, _, _) -> requestLayout());
        getChildren().add(probe);
    }

    void show(List<HealthSummary.Answer> answers) {
        getChildren().setAll(answers.stream().map(AnswerGrid::card).toList());
        getChildren().add(probe);
    }

    private static Node card(HealthSummary.Answer answer) {
        var question = new Label(answer.question(), Icons.of(answer.role().glyph(), "in-role"));
        question.getStyleClass().add("answer-question");
        question.setWrapText(true);
        var big = new Label(answer.big());
        big.getStyleClass().add(answer.mono() ? "answer-time" : "answer-big");
        big.setWrapText(true);
        var beside = new Label(answer.beside());
        beside.getStyleClass().add(answer.mono() ? "answer-local" : "answer-beside");
        beside.setWrapText(true);
        var below = new Label(answer.below());
        below.getStyleClass().add("answer-below");
        below.setWrapText(true);
        var head = answer.mono() ? new VBox(big, beside) : new HBox(big, beside);
        head.getStyleClass().add("answer-head");
        var card = new VBox(question, head, below);
        card.getStyleClass().addAll("card", "answer-card", answer.role().styleClass());
        List.of(question, big, beside, below)
                .forEach(label -> label.setMinHeight(Region.USE_PREF_SIZE));
        card.setFocusTraversable(true);
        card.setAccessibleText(
                answer.question()
                        + " "
                        + answer.big()
                        + " "
                        + answer.beside()
                        + " "
                        + answer.below());
        return card;
    }

    private int columns(double width) {
        double least = CARD_EM * probe.em();
        int fitting = (int) ((width + gap()) / (least + gap()));
        return fitting >= 4 ? 4 : fitting >= 2 ? 2 : 1;
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
