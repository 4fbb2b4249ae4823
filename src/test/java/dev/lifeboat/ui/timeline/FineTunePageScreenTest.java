package dev.lifeboat.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;
import dev.lifeboat.ui.timeline.model.Micros;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Cell;
import javafx.scene.control.Label;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class FineTunePageScreenTest {
    private final TimelineViewModel timeline =
            new TimelineViewModel(
                    new SampleSource(SampleTimelines.evening()),
                    new TaskRunner(Runnable::run, Runnable::run),
                    FakeServices.TIMES,
                    Navigator.nowhere());
    private Stage stage;
    private FineTunePage page;

    @BeforeEach
    void open() {
        FxToolkit.onFx(
                () -> {
                    timeline.refresh();
                    page = new FineTunePage(timeline.fineTune());
                    var scene = new Scene(page.root(), 440, 360);
                    Theming.apply(scene, ThemeMode.DARK, FontScale.P100);
                    stage = new Stage();
                    stage.setScene(scene);
                    stage.show();
                });
        FxToolkit.settle();
    }

    @AfterEach
    void close() {
        FxToolkit.onFx(stage::hide);
    }

    @Test
    void theMarkersCommitIsInSight() {
        opensAt("2026-11-23T02:52:07Z");

        assertThat(pointers()).isOne();
    }

    @Test
    void theWholeHintIsRead() {
        opensAt("2026-11-23T02:52:07Z");

        assertThat(texts(page.root())).anyMatch(text -> text.endsWith("before or after it."));
    }

    private void opensAt(String time) {
        FxToolkit.onFx(
                () -> {
                    timeline.state().put(Micros.of(Instant.parse(time)), true);
                    timeline.fineTune().open();
                    page.select();
                });
        FxToolkit.settle();
    }

    private long pointers() {
        return FxToolkit.fx(
                () ->
                        page.root().lookupAll(".table-cell").stream()
                                .map(each -> (Cell<?>) each)
                                .filter(cell -> "▶".equals(cell.getText()))
                                .filter(this::isSeen)
                                .count());
    }

    private boolean isSeen(Cell<?> cell) {
        double bottom = cell.localToScene(cell.getBoundsInLocal()).getMaxY();
        return cell.getParent().isVisible() && bottom <= page.root().getScene().getHeight();
    }

    /** What the labels show, as far as it is drawn. */
    private static List<String> texts(Parent root) {
        return FxToolkit.fx(
                () ->
                        root.lookupAll(".label").stream()
                                .filter(Label.class::isInstance)
                                .flatMap(label -> label.lookupAll(".text").stream())
                                .map(text -> ((Text) text).getText())
                                .toList());
    }
}
