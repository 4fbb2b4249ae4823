package dev.lifeboat.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.FxToolkit;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WrappingFlowScreenTest {
    private static final double WIDTH = 300;

    @BeforeAll
    static void startTheToolkit() {
        FxToolkit.start();
    }

    @Test
    void longTextGoesToFurtherLinesInsteadOfWideningThePage() {
        var label = new Label("shop@db1:5432 holds public.orders ".repeat(20));
        label.setWrapText(true);
        var flow = new WrappingFlow(new Label("Database"), label);

        FxToolkit.onFx(() -> layOut(flow));

        assertThat(flow.getWidth()).isLessThanOrEqualTo(WIDTH);
        assertThat(label.getWidth()).isLessThanOrEqualTo(flow.getWidth());
        assertThat(label.getHeight()).isGreaterThan(100);
    }

    @Test
    void aBoxOfLongTextIsNoWiderEither() {
        var label = new Label("/srv/postgresql/15/main ".repeat(20));
        label.setWrapText(true);
        var flow = new WrappingFlow(new VBox(new Label("Data directory"), label));

        FxToolkit.onFx(() -> layOut(flow));

        assertThat(flow.getWidth()).isLessThanOrEqualTo(WIDTH);
        assertThat(label.getWidth()).isLessThanOrEqualTo(flow.getWidth());
    }

    private static void layOut(WrappingFlow flow) {
        var page = new ScrollPane(flow);
        page.setFitToWidth(true);
        new Scene(page, WIDTH, 400);
        for (int pulse = 0; pulse < 3; pulse++) {
            page.applyCss();
            page.layout();
        }
    }

    @Test
    void whatIsTakenOutIsLetGo() {
        var label = new Label("text");
        label.setWrapText(true);
        var flow = new WrappingFlow(label);

        flow.getChildren().clear();

        assertThat(label.maxWidthProperty().isBound()).isFalse();
    }
}
