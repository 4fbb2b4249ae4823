package dev.lifeboat.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** From the search for what hurt to the plan by keys, on a window that has the focus. */
class FinderKeysScreenTest {
    private final FxRobot robot = new FxRobot();
    private final List<RestoreIntent> planned = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private Stage stage;

    @AfterEach
    void close() {
        FxToolkit.onFx(stage::hide);
    }

    @Test
    void enterPutsTheTargetBeforeWhatWasFoundAndEnterAgainPlansIt() {
        open(1280, FontScale.P100);
        load();
        assertThat(focused()).isInstanceOf(TableView.class);

        robot.type(KeyCode.END).type(KeyCode.ENTER);
        FxToolkit.settle();
        assertThat(focused()).isInstanceOf(TimelineView.class);

        robot.type(KeyCode.ENTER);
        FxToolkit.settle();
        assertThat(planned).hasSize(1);
        assertThat(planned.getFirst().toString()).contains("1A/5C000028");
    }

    @Test
    void wherePageAndPictureHaveNoRoomBesideEachOtherEnterLeadsToTheButton() {
        open(700, FontScale.P180);
        load();

        robot.type(KeyCode.END).type(KeyCode.ENTER);
        FxToolkit.settle();

        assertThat(focused()).isInstanceOf(Button.class);
        assertThat(((Button) focused()).getText()).startsWith("Plan the restore");
    }

    @Test
    void whoComesBeforeTheTimelineIsKnownBeginsOnIt() {
        open(1280, FontScale.P100, _ -> {});
        FxToolkit.onFx(() -> stage.getScene().getRoot().lookup(".toggle-button").requestFocus());

        load();

        assertThat(focused()).isInstanceOf(TimelineView.class);
    }

    @Test
    void smallerTypeMakesRoomForBothAgain() {
        open(1280, FontScale.P180);
        load();
        assertThat(stage.getScene().lookup(".timeline-view")).isNull();

        FxToolkit.onFx(() -> Theming.apply(stage.getScene(), ThemeMode.DARK, FontScale.P100));
        FxToolkit.settle();

        assertThat(stage.getScene().lookup(".timeline-view")).isNotNull();
    }

    private void open(double width, FontScale scale) {
        open(width, scale, TimelineController::openFinder);
    }

    private void open(double width, FontScale scale, Consumer<TimelineController> then) {
        FxToolkit.onFx(
                () -> {
                    var timeline =
                            new TimelineViewModel(
                                    new SampleSource(SampleTimelines.evening()),
                                    new TaskRunner(background::add, Platform::runLater),
                                    FakeServices.TIMES,
                                    noting());
                    var controller = new TimelineController(timeline, () -> {});
                    var scene = new Scene(FxmlFile.TIMELINE.load(controller), width, 800);
                    Theming.apply(scene, ThemeMode.DARK, scale);
                    stage = new Stage();
                    stage.setScene(scene);
                    stage.show();
                    stage.requestFocus();
                    timeline.refresh();
                    then.accept(controller);
                });
        FxToolkit.settle();
    }

    /** Does what was begun in the background, and what follows from it. */
    private void load() {
        for (int idle = 0; idle < 3; idle++) {
            for (Runnable task = background.poll(); task != null; task = background.poll()) {
                task.run();
                idle = 0;
            }
            FxToolkit.settle();
        }
    }

    private Node focused() {
        return FxToolkit.fx(() -> stage.getScene().getFocusOwner());
    }

    private Navigator noting() {
        return new Navigator() {
            @Override
            public void open(Destination destination) {}

            @Override
            public boolean has(Destination destination) {
                return true;
            }

            @Override
            public void restore(RestoreIntent intent) {
                planned.add(intent);
            }

            @Override
            public void showRestore(String id) {}

            @Override
            public void timeline(Instant at) {}
        };
    }
}
