package dev.lifeboat.ui.timeline.view;

import static dev.lifeboat.ui.timeline.SampleTimelines.at;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;
import dev.lifeboat.ui.timeline.SampleTimelines;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.Viewport;

import javafx.geometry.Point2D;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The view's mouse and keys, in a window on the headless platform. */
class TimelineViewScreenTest {
    private static final long TARGET = at("2026-11-23T02:30:00Z");
    private final FxRobot robot = new FxRobot();
    private TimelineState state;
    private TimelineView view;
    private Stage stage;

    @BeforeEach
    void show() {
        FxToolkit.onFx(
                () -> {
                    var data = SampleTimelines.evening();
                    state = new TimelineState(data.asOf());
                    state.show(data);
                    view = new TimelineView(state, ZoneId.of("Europe/Rome"));
                    var scene = new Scene(new StackPane(view), 950, 560);
                    Theming.apply(scene, ThemeMode.DARK, FontScale.P100);
                    stage = new Stage();
                    stage.setScene(scene);
                    stage.setX(0);
                    stage.setY(0);
                    stage.show();
                    view.requestFocus();
                });
        FxToolkit.settle();
        FxToolkit.onFx(() -> state.put(TARGET, false));
        FxToolkit.settle();
    }

    @AfterEach
    void close() {
        FxToolkit.onFx(stage::close);
    }

    private Point2D screen(long time, double y) {
        return FxToolkit.fx(
                () -> view.localToScreen(view.geometry().header() + state.view().x(time), y));
    }

    private double middle(Lane lane) {
        return FxToolkit.fx(() -> view.geometry().rows().get(lane).middle());
    }

    private long marker() {
        return FxToolkit.fx(() -> state.marker().orElseThrow().at());
    }

    private Viewport viewport() {
        return FxToolkit.fx(state::view);
    }

    private void press(KeyCode... keys) {
        robot.push(keys);
        FxToolkit.settle();
    }

    /** The headless platform's robot holds no keys down while it uses the mouse. */
    private void clickWithShift(Point2D where) {
        FxToolkit.onFx(
                () -> {
                    Point2D local = view.screenToLocal(where);
                    for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                        view.fireEvent(
                                new MouseEvent(
                                        type,
                                        local.getX(),
                                        local.getY(),
                                        where.getX(),
                                        where.getY(),
                                        MouseButton.PRIMARY,
                                        1,
                                        true,
                                        false,
                                        false,
                                        false,
                                        true,
                                        false,
                                        false,
                                        true,
                                        false,
                                        true,
                                        null));
                    }
                });
        FxToolkit.settle();
    }

    private void scrollWithControl(Point2D where) {
        FxToolkit.onFx(
                () -> {
                    Point2D local = view.screenToLocal(where);
                    view.fireEvent(
                            new ScrollEvent(
                                    ScrollEvent.SCROLL,
                                    local.getX(),
                                    local.getY(),
                                    where.getX(),
                                    where.getY(),
                                    false,
                                    true,
                                    false,
                                    false,
                                    false,
                                    false,
                                    0,
                                    120,
                                    0,
                                    120,
                                    ScrollEvent.HorizontalTextScrollUnits.NONE,
                                    0,
                                    ScrollEvent.VerticalTextScrollUnits.NONE,
                                    0,
                                    0,
                                    null));
                });
        FxToolkit.settle();
    }

    @Test
    void aClickPutsTheMarkerAndSnapsToTheMomentBeforeTheDrop() {
        robot.clickOn(screen(at("2026-11-23T02:52:10Z"), middle(Lane.FULLS)));
        FxToolkit.settle();

        assertThat(FxToolkit.fx(() -> state.marker().orElseThrow().label()))
                .isEqualTo("just before DROP TABLE orders");
    }

    @Test
    void draggingTheMarkerMovesItAndPaintsNothingAnew() {
        var repaints = new AtomicInteger();
        FxToolkit.onFx(() -> view.onPaint(repaints::incrementAndGet));

        robot.moveTo(screen(TARGET, middle(Lane.WAL_DR)));
        robot.press(MouseButton.PRIMARY);
        repaints.set(0);
        robot.moveTo(screen(at("2026-11-23T00:40:00Z"), middle(Lane.WAL_DR)));
        robot.release(MouseButton.PRIMARY);
        FxToolkit.settle();

        assertThat(marker()).isCloseTo(at("2026-11-23T00:40:00Z"), within(120_000_000L));
        assertThat(repaints).hasValue(0);
    }

    @Test
    void draggingOnEmptyGroundZoomsIntoIt() {
        robot.moveTo(screen(at("2026-11-23T00:10:00Z"), middle(Lane.POINTS)));
        robot.press(MouseButton.PRIMARY);
        robot.moveTo(screen(at("2026-11-23T01:10:00Z"), middle(Lane.POINTS)));
        robot.release(MouseButton.PRIMARY);
        FxToolkit.settle();

        assertThat(viewport().from()).isCloseTo(at("2026-11-23T00:10:00Z"), within(120_000_000L));
        assertThat(viewport().to()).isCloseTo(at("2026-11-23T01:10:00Z"), within(120_000_000L));
        assertThat(marker()).isEqualTo(TARGET);
    }

    @Test
    void controlAndWheelZoomAtTheCursor() {
        Point2D cursor = screen(at("2026-11-23T01:00:00Z"), middle(Lane.POINTS));
        long before = viewport().length();
        scrollWithControl(cursor);

        assertThat(viewport().length()).isLessThan(before);
        assertThat(screen(at("2026-11-23T01:00:00Z"), middle(Lane.POINTS)).getX())
                .isCloseTo(cursor.getX(), within(2.0));
    }

    @Test
    void shiftAndClickPutsASecondMarkerAndEscapeTakesItAway() {
        clickWithShift(screen(at("2026-11-23T01:20:00Z"), middle(Lane.FULLS)));
        assertThat(FxToolkit.fx(state::ghost)).isPresent();
        assertThat(marker()).isEqualTo(TARGET);

        press(KeyCode.ESCAPE);

        assertThat(FxToolkit.fx(state::ghost)).isEmpty();
    }

    @Test
    void aDoubleClickOnABackupAimsAtItsEnd() {
        robot.doubleClickOn(screen(at("2026-11-23T01:06:00Z"), middle(Lane.BASES)));
        FxToolkit.settle();

        assertThat(marker()).isEqualTo(at("2026-11-23T01:06:00Z"));
    }

    @Test
    void theWholeWayIsGoneByKeyboard() {
        press(KeyCode.END);
        assertThat(FxToolkit.fx(() -> state.marker().orElseThrow().recovery()))
                .isEqualTo(RecoveryTarget.latest());
        press(KeyCode.B);
        assertThat(marker()).isEqualTo(at("2026-11-23T01:06:00Z"));
        press(KeyCode.B);
        assertThat(marker()).isEqualTo(SampleTimelines.FIRST_BASE);
        press(KeyCode.RIGHT);
        assertThat(marker()).isGreaterThan(SampleTimelines.FIRST_BASE);
        press(KeyCode.HOME);
        assertThat(marker()).isEqualTo(SampleTimelines.FIRST_BASE);
        press(KeyCode.ALT, KeyCode.LEFT);
        assertThat(marker()).isGreaterThan(SampleTimelines.FIRST_BASE);
        press(KeyCode.L);
        press(KeyCode.END);
        assertThat(marker()).isLessThan(SampleTimelines.LATEST);
    }

    @Test
    void keysZoomPanAndChooseLanes() {
        Viewport all = viewport();
        press(KeyCode.W);
        assertThat(viewport().length()).isLessThan(all.length());
        long from = viewport().from();
        press(KeyCode.D);
        assertThat(viewport().from()).isGreaterThan(from);
        press(KeyCode.DIGIT0);
        assertThat(viewport().length()).isEqualTo(all.length());
        press(KeyCode.DOWN);
        assertThat(FxToolkit.fx(state::lane)).isEqualTo(Lane.FULLS);
    }

    @Test
    void theOverviewsWindowIsDragged() {
        FxToolkit.onFx(
                () ->
                        state.setView(
                                state.view()
                                        .showing(
                                                new Span(
                                                        at("2026-11-23T01:00:00Z"),
                                                        at("2026-11-23T02:00:00Z")))));
        FxToolkit.settle();
        Point2D left =
                FxToolkit.fx(
                        () ->
                                view.localToScreen(
                                        view.geometry().header() + 5,
                                        view.geometry().overviewTop() + 8));
        robot.clickOn(left);
        FxToolkit.settle();

        assertThat(viewport().from()).isLessThan(at("2026-11-22T22:00:00Z"));
        assertThat(viewport().length()).isEqualTo(3_600_000_000L);
    }

    @Test
    void assistiveTechnologyReadsAndStepsTheTarget() {
        Object spoken =
                FxToolkit.fx(() -> view.queryAccessibleAttribute(AccessibleAttribute.VALUE_STRING));
        assertThat(spoken).isEqualTo("Target 2026-11-23 02:30:00Z, 03:30:00 CET, loses 1 h 22 m");

        FxToolkit.onFx(() -> view.executeAccessibleAction(AccessibleAction.DECREMENT));

        assertThat(marker()).isLessThan(TARGET);
    }
}
