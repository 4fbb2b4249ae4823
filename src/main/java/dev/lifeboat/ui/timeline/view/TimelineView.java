package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.TimelineState.Change;

import javafx.css.CssMetaData;
import javafx.css.FontCssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows a {@link TimelineState} and lets people move in it by mouse and keyboard. It holds no state
 * of its own: several views may show one state. Colours and font come from style sheets; everything
 * scales with the font.
 *
 * <p>For assistive technology it is a slider over what can be recovered: its value is the marker's
 * time, and it can be stepped.
 */
public final class TimelineView extends Region {
    private static final double FONT_AT_UNIT = 14;
    private static final FontCssMetaData<TimelineView> FONT =
            new FontCssMetaData<>("-fx-font", Font.getDefault()) {
                @Override
                public boolean isSettable(TimelineView view) {
                    return !view.font.isBound();
                }

                @Override
                public StyleableProperty<Font> getStyleableProperty(TimelineView view) {
                    return view.font;
                }
            };
    private static final List<CssMetaData<? extends Styleable, ?>> META = meta();

    private final SimpleStyleableObjectProperty<Font> font =
            new SimpleStyleableObjectProperty<>(FONT, this, "font", Font.getDefault());
    private final Consumer<Change> listener = this::changed;
    private final TimelineState state;
    private final Inks inks = new Inks(this, this::repaint);
    private final Canvas canvas = new Canvas();
    private final TimeAxis axis;
    private final TimelinePainter painter;
    private final Overlay overlay;
    private final TimelineKeys keys;
    private Fonts fonts = new Fonts(Font.getDefault());
    private boolean dirty = true;
    private Runnable onPaint = () -> {};

    public TimelineView(TimelineState state, ZoneId zone) {
        this.state = state;
        axis = new TimeAxis(zone);
        painter = new TimelinePainter(axis);
        overlay = new Overlay(state, axis);
        getStyleClass().add("timeline-view");
        getStylesheets()
                .add(
                        TimelineView.class
                                .getResource("/dev/lifeboat/ui/timeline/timeline.css")
                                .toExternalForm());
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        getChildren().add(canvas);
        getChildren().addAll(overlay.nodes());
        font.addListener((_, _, newer) -> resizeFont(newer));
        keys = new TimelineKeys(this, state);
        new TimelineMouse(this, state, overlay).install();
        sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            state.ignore(listener);
                            if (scene != null) {
                                state.listen(listener);
                                repaint();
                            }
                        });
    }

    private static List<CssMetaData<? extends Styleable, ?>> meta() {
        List<CssMetaData<? extends Styleable, ?>> all =
                new ArrayList<>(Region.getClassCssMetaData());
        all.add(FONT);
        all.addAll(Inks.metaData());
        return Collections.unmodifiableList(all);
    }

    /** The state it shows. */
    public TimelineState state() {
        return state;
    }

    /** What {@code T}, Enter and {@code ?} do, which the view itself cannot. */
    public void setActions(TimelineActions actions) {
        keys.setActions(actions);
    }

    /** Called before each painting of the canvas, to see that there is none. */
    void onPaint(Runnable action) {
        onPaint = action;
    }

    Inks inks() {
        return inks;
    }

    TimeAxis axis() {
        return axis;
    }

    private void resizeFont(Font newer) {
        fonts = new Fonts(newer);
        repaint();
        requestLayout();
    }

    private void changed(Change change) {
        switch (change) {
            case DATA, VIEW, LANE -> repaint();
            case MARKER -> {
                requestLayout();
                notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
                notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE_STRING);
            }
            case NOTICE -> {}
        }
    }

    private void repaint() {
        dirty = true;
        setNeedsLayout(true);
        requestLayout();
    }

    Geometry geometry() {
        return Geometry.of(
                Math.floor(getWidth()),
                Math.floor(getHeight()),
                font.get().getSize() / FONT_AT_UNIT,
                state.data().lanes());
    }

    @Override
    protected void layoutChildren() {
        Geometry at = geometry();
        if (at.width() < 1 || at.height() < 1) {
            return;
        }
        if (canvas.getWidth() != at.width() || canvas.getHeight() != at.height()) {
            canvas.setWidth(at.width());
            canvas.setHeight(at.height());
            dirty = true;
        }
        if (state.view().width() != at.plot()) {
            state.setView(state.view().resized(at.plot()));
            dirty = true;
        }
        if (dirty) {
            dirty = false;
            onPaint.run();
            painter.paint(new Brush(canvas.getGraphicsContext2D(), at, fonts, inks, state));
        }
        overlay.layout(at);
    }

    @Override
    protected double computePrefHeight(double width) {
        return Geometry.preferred(font.get().getSize() / FONT_AT_UNIT, state.data().lanes());
    }

    @Override
    protected double computeMinHeight(double width) {
        return Geometry.minimum(font.get().getSize() / FONT_AT_UNIT, state.data().lanes());
    }

    @Override
    protected double computePrefWidth(double height) {
        return 900;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 400;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return META;
    }

    /** The properties that style sheets can set. */
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return META;
    }

    /** The marker in words: {@code Target 2026-11-23 02:52:07Z, loses 1 h}. */
    String spoken() {
        if (state.marker().isEmpty()) {
            return Messages.text("timeline.spoken.none");
        }
        Target target = state.marker().get();
        long lost = state.data().latest().orElse(target.at()) - target.at();
        String place =
                axis.local(target.at()) + (target.label().isEmpty() ? "" : ", " + target.label());
        return lost <= 0
                ? Messages.text("timeline.spoken.all", TimeAxis.utc(target.at()), place)
                : Messages.text(
                        "timeline.spoken.loses",
                        TimeAxis.utc(target.at()),
                        place,
                        Micros.length(lost));
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE -> seconds(state.marker().map(Target::at).orElse(state.view().from()));
            case MIN_VALUE -> seconds(state.data().oldest().orElse(state.data().limits().from()));
            case MAX_VALUE -> seconds(state.data().latest().orElse(state.data().limits().to()));
            case VALUE_STRING -> spoken();
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    private static double seconds(long micros) {
        return micros / (double) Micros.SECOND;
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        switch (action) {
            case INCREMENT -> keys.moves().step(1);
            case DECREMENT -> keys.moves().step(-1);
            case BLOCK_INCREMENT -> keys.moves().step(10);
            case BLOCK_DECREMENT -> keys.moves().step(-10);
            case SET_VALUE -> {
                if (parameters.length == 1 && parameters[0] instanceof Number seconds) {
                    state.put(Math.round(seconds.doubleValue() * Micros.SECOND), false);
                }
            }
            default -> super.executeAccessibleAction(action, parameters);
        }
    }
}
