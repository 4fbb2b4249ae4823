package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Snapper;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.Viewport;

import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;

import java.util.Optional;

/** What the mouse does on the timeline. */
final class TimelineMouse {
    /** A click that moves less far than this is no drag. */
    private static final double SLACK = 4;

    /** How near the marker is grabbed. */
    private static final double GRIP = 8;

    private static final double ZOOM_PER_NOTCH = 1.25;
    private static final double NOTCH = 40;

    /** What a press has begun. */
    private enum Gesture {
        NONE,
        PRESS,
        ZOOM_BOX,
        PAN,
        MARKER,
        WINDOW
    }

    private final TimelineView view;
    private final TimelineState state;
    private final Overlay overlay;
    private final Tooltip tooltip = new Tooltip();
    private final ContextMenu menu;
    private Gesture gesture = Gesture.NONE;
    private double pressedAt;
    private double lastAt;

    TimelineMouse(TimelineView view, TimelineState state, Overlay overlay) {
        this.view = view;
        this.state = state;
        this.overlay = overlay;
        menu = TimelineMenu.of(view, state);
        tooltip.setShowDelay(Duration.millis(250));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
    }

    void install() {
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        view.setOnContextMenuRequested(
                event -> {
                    menu.getProperties().put(TimelineMenu.TIME, time(event.getX()));
                    menu.show(view, event.getScreenX(), event.getScreenY());
                    event.consume();
                });
    }

    private double plotX(double x) {
        return x - view.geometry().header();
    }

    private long time(double x) {
        return state.view().time(Math.max(0, plotX(x)));
    }

    private void scrolled(ScrollEvent scroll) {
        Viewport now = state.view();
        if (scroll.isControlDown()) {
            double notches = scroll.getDeltaY() / NOTCH;
            double x = Math.clamp(plotX(scroll.getX()), 0, now.width());
            state.setView(now.zoomed(x, Math.pow(ZOOM_PER_NOTCH, -notches)));
        } else {
            double delta =
                    Math.abs(scroll.getDeltaX()) > Math.abs(scroll.getDeltaY())
                            ? scroll.getDeltaX()
                            : scroll.getDeltaY();
            state.setView(now.panned(-delta * 1.5));
        }
        scroll.consume();
    }

    private void pressed(MouseEvent mouse) {
        view.requestFocus();
        menu.hide();
        pressedAt = mouse.getX();
        lastAt = mouse.getX();
        gesture = begin(mouse);
        Geometry at = view.geometry();
        if (gesture != Gesture.NONE) {
            at.laneAt(mouse.getY()).ifPresent(state::setLane);
        }
        if (gesture == Gesture.WINDOW) {
            window(mouse.getX());
        }
        mouse.consume();
    }

    private Gesture begin(MouseEvent mouse) {
        Geometry at = view.geometry();
        if (mouse.getButton() == MouseButton.MIDDLE) {
            return Gesture.PAN;
        }
        if (mouse.getButton() != MouseButton.PRIMARY) {
            return Gesture.NONE;
        }
        if (mouse.getY() >= at.overview()) {
            return Gesture.WINDOW;
        }
        return onMarker(mouse) && !mouse.isShiftDown() ? Gesture.MARKER : Gesture.PRESS;
    }

    private boolean onMarker(MouseEvent mouse) {
        double grip = Math.max(GRIP, view.geometry().px(GRIP));
        return mouse.getX() >= view.geometry().header()
                && state.marker()
                        .filter(
                                marker ->
                                        Math.abs(state.view().x(marker.at()) - plotX(mouse.getX()))
                                                <= grip)
                        .isPresent();
    }

    private void dragged(MouseEvent mouse) {
        if (gesture == Gesture.PRESS && Math.abs(mouse.getX() - pressedAt) > SLACK) {
            gesture = mouse.isShiftDown() ? Gesture.PAN : Gesture.ZOOM_BOX;
        }
        switch (gesture) {
            case PAN -> state.setView(state.view().panned(lastAt - mouse.getX()));
            case ZOOM_BOX -> overlay.zoomBox(view.geometry(), pressedAt, mouse.getX());
            case MARKER -> state.drag(time(mouse.getX()), !mouse.isAltDown());
            case WINDOW -> window(mouse.getX());
            case NONE, PRESS -> {}
        }
        lastAt = mouse.getX();
        mouse.consume();
    }

    private void released(MouseEvent mouse) {
        switch (gesture) {
            case PRESS -> clicked(mouse);
            case MARKER -> state.release();
            case ZOOM_BOX -> {
                overlay.endZoomBox();
                long from = time(Math.min(pressedAt, mouse.getX()));
                long to = time(Math.max(pressedAt, mouse.getX()));
                state.setView(state.view().showing(new Span(from, to)));
            }
            case NONE, PAN, WINDOW -> {}
        }
        gesture = Gesture.NONE;
        mouse.consume();
    }

    private void clicked(MouseEvent mouse) {
        if (mouse.getX() < view.geometry().header()) {
            return;
        }
        if (mouse.isShiftDown()) {
            state.setGhost(time(mouse.getX()));
            return;
        }
        Optional<Mark> under = markUnder(mouse.getX(), mouse.getY());
        if (mouse.getClickCount() == 2 && under.isPresent()) {
            state.aim(Target.of(under.get(), Snapper.label(under.get())));
            return;
        }
        state.put(time(mouse.getX()), !mouse.isAltDown());
    }

    private void window(double x) {
        Geometry at = view.geometry();
        Viewport scale = OverviewPainter.scale(state.data().limits(), at.plot());
        state.setView(state.view().centred(scale.time(plotX(x))));
    }

    private void moved(MouseEvent mouse) {
        Geometry at = view.geometry();
        boolean overview = mouse.getY() >= at.overview();
        boolean marker = !overview && onMarker(mouse);
        view.setCursor(marker ? Cursor.H_RESIZE : overview ? Cursor.HAND : Cursor.DEFAULT);
        String text =
                mouse.getX() < at.header() || overview || marker
                        ? ""
                        : HoverText.at(view, state, time(mouse.getX()), mouse.getY());
        if (text.isEmpty()) {
            Tooltip.uninstall(view, tooltip);
        } else if (!text.equals(tooltip.getText())) {
            tooltip.setText(text);
            Tooltip.install(view, tooltip);
        }
    }

    private Optional<Mark> markUnder(double x, double y) {
        return view.geometry()
                .laneAt(y)
                .flatMap(lane -> HoverText.mark(view, state, lane, time(x)));
    }
}
