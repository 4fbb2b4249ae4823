package dev.lifeboat.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.FxToolkit;

import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.Test;

class ScrollingScreenTest {
    private final Region above = region(700);
    private final Region low = region(100);
    private final Region high = region(900);
    private final Region below = region(700);

    @Test
    void whatFitsIsSeenWhole() {
        Bounds seen = revealed(low);

        assertThat(seen.getMinY()).isNotNegative();
        assertThat(seen.getMaxY()).isLessThanOrEqualTo(300);
    }

    @Test
    void whatIsHigherThanThePageIsSeenFromItsBeginning() {
        assertThat(revealed(high).getMinY()).isBetween(0.0, 100.0);
    }

    private Bounds revealed(Region wanted) {
        return FxToolkit.fx(
                () -> {
                    var page = new ScrollPane(new VBox(above, low, high, below));
                    new Scene(page, 200, 300);
                    page.applyCss();
                    page.layout();
                    Scrolling.reveal(wanted);
                    page.layout();
                    return wanted.localToScene(wanted.getBoundsInLocal());
                });
    }

    private static Region region(double height) {
        var region = new Region();
        region.setMinHeight(height);
        region.setPrefWidth(100);
        return region;
    }
}
