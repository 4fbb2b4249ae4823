package dev.lifeboat.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.FxToolkit;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class CardGridScreenTest {
    private static final double LEAST_EM = 20;

    @BeforeAll
    static void startTheToolkit() {
        FxToolkit.start();
    }

    @Test
    void cardsShareTheWidthWhereThereIsRoom() {
        List<Node> cards = laidOut(2, 1280);

        assertThat(cards.get(0).getLayoutBounds().getWidth())
                .isEqualTo(cards.get(1).getLayoutBounds().getWidth());
        assertThat(cards.get(1).getBoundsInParent().getMaxX()).isBetween(1278.0, 1280.0);
        assertThat(cards.get(1).getLayoutY()).isZero();
    }

    @Test
    void cardsGoBelowOneAnotherWhereThereIsNot() {
        List<Node> cards = laidOut(2, 400);

        assertThat(cards.get(0).getLayoutBounds().getWidth()).isEqualTo(400);
        assertThat(cards.get(1).getLayoutX()).isZero();
        assertThat(cards.get(1).getLayoutY()).isPositive();
    }

    @Test
    void fourOfWhichThreeWouldFitStandTwoByTwo() {
        List<Node> cards = laidOut(4, 1000);

        assertThat(cards.get(1).getLayoutY()).isZero();
        assertThat(cards.get(2).getLayoutX()).isZero();
        assertThat(cards.get(3).getLayoutY()).isEqualTo(cards.get(2).getLayoutY()).isPositive();
    }

    private static List<Node> laidOut(int count, double width) {
        var grid = new CardGrid();
        grid.setLeastEm(LEAST_EM);
        List<StackPane> cards = IntStream.range(0, count).mapToObj(_ -> card()).toList();
        grid.setCards(cards);
        FxToolkit.onFx(
                () -> {
                    var page = new VBox(grid);
                    new Scene(page, width, 600);
                    page.applyCss();
                    page.layout();
                });
        return List.copyOf(cards);
    }

    private static StackPane card() {
        var card = new StackPane();
        card.setPrefSize(50, 40);
        return card;
    }
}
