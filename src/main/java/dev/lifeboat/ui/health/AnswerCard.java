package dev.lifeboat.ui.health;

import dev.lifeboat.ui.control.Icons;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.List;

/** An answer on a card. */
final class AnswerCard {
    private AnswerCard() {}

    static Node of(HealthSummary.Answer answer) {
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
}
