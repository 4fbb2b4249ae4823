package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.Viewport;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What lies above the canvas and moves with the marker: while it is dragged nothing else is painted
 * again. None of it takes the mouse.
 */
final class Overlay {
    private final TimelineState state;
    private final TimeAxis axis;
    private final Region loss = box("timeline-loss");
    private final Region ghostLine = box("timeline-ghost-line");
    private final Region markerLine = box("timeline-marker-line");
    private final Region zoomBox = box("timeline-zoom-box");
    private final Region window = box("timeline-window");
    private final Region windowMarker = box("timeline-window-marker");
    private final Label markerFlag = flag("timeline-marker-flag");
    private final Label ghostFlag = flag("timeline-ghost-flag");
    private final Label latestFlag = flag("timeline-latest-flag");
    private final Label lossFlag = flag("timeline-loss-flag");

    Overlay(TimelineState state, TimeAxis axis) {
        this.state = state;
        this.axis = axis;
        zoomBox.setVisible(false);
    }

    private static Region box(String style) {
        return quiet(new Region(), style);
    }

    private static Label flag(String style) {
        return quiet(new Label(), style);
    }

    private static <T extends Region> T quiet(T node, String style) {
        node.getStyleClass().add(style);
        node.setManaged(false);
        node.setMouseTransparent(true);
        return node;
    }

    /** From the lowest to the highest. */
    List<Node> nodes() {
        return List.of(
                loss,
                ghostLine,
                latestFlag,
                lossFlag,
                ghostFlag,
                markerLine,
                markerFlag,
                window,
                windowMarker,
                zoomBox);
    }

    void layout(Geometry at) {
        Viewport view = state.view();
        double marker = place(at, view, state.marker(), markerLine, 2);
        place(at, view, state.ghost(), ghostLine, 1);
        loss(at, view, marker);
        flags(at, view);
        window(at, view);
    }

    private static double x(Geometry at, Viewport view, long time) {
        return at.header() + Math.rint(Math.clamp(view.x(time), -1e5, 1e5));
    }

    private double place(
            Geometry at, Viewport view, Optional<Target> target, Region line, double wide) {
        double x = target.map(found -> x(at, view, found.at())).orElse(-1.0);
        line.setVisible(target.isPresent() && x >= at.header() - 1 && x <= at.width());
        double left = Math.min(x - Math.floor(wide / 2), at.width() - wide);
        line.resizeRelocate(
                left, at.axis() + at.px(4), wide, at.lanesBottom() - at.axis() - at.px(4));
        return x;
    }

    private void loss(Geometry at, Viewport view, double marker) {
        OptionalLong latest = state.data().latest();
        if (state.marker().isEmpty() || latest.isEmpty()) {
            loss.setVisible(false);
            return;
        }
        double from = Math.max(at.header(), marker);
        double to = Math.min(at.width(), x(at, view, latest.getAsLong()));
        loss.setVisible(to > from);
        loss.resizeRelocate(
                from, at.lanesTop(), Math.max(0, to - from), at.lanesBottom() - at.lanesTop());
    }

    /** The marker's flag has its place first, then the latest one's, then what lies between. */
    private void flags(Geometry at, Viewport view) {
        double top = at.axis() + at.px(3);
        double high = at.flags() - at.px(5);
        double[] marker = {Double.NaN, Double.NaN};
        show(markerFlag, markerLine.isVisible(), state.marker().map(this::text).orElse(""));
        if (markerLine.isVisible()) {
            marker =
                    centre(
                            at,
                            markerFlag,
                            x(at, view, state.marker().orElseThrow().at()),
                            top,
                            high);
        }
        latest(at, view, marker, top, high);
        show(ghostFlag, ghostLine.isVisible(), state.ghost().map(this::ghostText).orElse(""));
        if (ghostLine.isVisible()) {
            double x = x(at, view, state.ghost().orElseThrow().at());
            double[] ghost = centre(at, ghostFlag, x, top, high);
            if (overlaps(ghost, marker)) {
                ghostFlag.relocate(ghostFlag.getLayoutX(), at.lanesTop() + at.px(3));
            }
        }
    }

    private String text(Target target) {
        boolean latest = target.recovery().kind() == TargetKind.LATEST;
        String utc = TimeAxis.utc(target.at()).substring(11);
        String clock = latest ? Messages.text("timeline.flag.latest", utc) : utc;
        return clock + "  " + axis.local(target.at());
    }

    private String ghostText(Target target) {
        long apart = target.at() - state.marker().map(Target::at).orElse(target.at());
        return Messages.text(
                apart < 0 ? "timeline.flag.earlier" : "timeline.flag.later",
                TimeAxis.utc(target.at()).substring(11),
                Micros.length(apart));
    }

    private void latest(Geometry at, Viewport view, double[] marker, double top, double high) {
        OptionalLong latest = state.data().latest();
        lossFlag.setVisible(false);
        latestFlag.setVisible(false);
        if (latest.isEmpty()) {
            return;
        }
        double x = x(at, view, latest.getAsLong());
        long lost = latest.getAsLong() - state.marker().map(Target::at).orElse(latest.getAsLong());
        double end = Math.min(x, at.width());
        boolean seen = x >= at.header() && x <= at.width();
        if (seen) {
            String about = state.data().exact() ? "" : "≈ ";
            show(
                    latestFlag,
                    true,
                    Messages.text(
                            "timeline.flag.latest",
                            about + TimeAxis.utc(latest.getAsLong()).substring(11)));
            double wide = prefer(latestFlag, high);
            double left = x + at.px(3) + wide <= at.width() ? x + at.px(3) : x - wide - at.px(3);
            latestFlag.relocate(left, top);
            boolean hidden = overlaps(new double[] {left, left + wide}, marker);
            latestFlag.setVisible(!hidden);
            end = hidden || left > x ? x : left;
        }
        if (lost <= 0) {
            return;
        }
        double begin = Double.isNaN(marker[1]) ? at.header() : marker[1];
        show(
                lossFlag,
                true,
                Messages.text(
                        "timeline.flag.lost",
                        (state.data().exact() ? "" : "≈ ") + Micros.length(lost)));
        double wide = prefer(lossFlag, high);
        boolean room = begin + wide + at.px(12) <= end;
        lossFlag.setVisible(room && loss.isVisible());
        lossFlag.relocate(Math.rint((begin + end - wide) / 2), top);
    }

    private static boolean overlaps(double[] a, double[] b) {
        return !Double.isNaN(b[0]) && a[0] < b[1] + 4 && b[0] < a[1] + 4;
    }

    private static void show(Label flag, boolean visible, String text) {
        flag.setVisible(visible);
        flag.setText(text);
    }

    private static double prefer(Label flag, double high) {
        flag.applyCss();
        double wide = Math.ceil(flag.prefWidth(-1));
        flag.resize(wide, high);
        return wide;
    }

    private static double[] centre(Geometry at, Label flag, double x, double top, double high) {
        double wide = prefer(flag, high);
        double left =
                Math.clamp(
                        Math.rint(x - wide / 2),
                        at.header() + 1,
                        Math.max(at.header() + 1, at.width() - wide - 1));
        flag.relocate(left, top);
        return new double[] {left, left + wide};
    }

    private void window(Geometry at, Viewport view) {
        Viewport scale = OverviewPainter.scale(state.data().limits(), at.plot());
        double from = Math.clamp(scale.x(view.from()), 0, at.plot());
        double to = Math.clamp(scale.x(view.to()), 0, at.plot());
        double wide = Math.max(at.px(6), Math.rint(to - from));
        double left = Math.min(at.header() + Math.rint(from), at.width() - wide);
        window.resizeRelocate(left, at.overviewTop() - 1, wide, at.overviewHeight() + 2);
        windowMarker.setVisible(state.marker().isPresent());
        state.marker()
                .ifPresent(
                        target ->
                                windowMarker.resizeRelocate(
                                        Math.min(
                                                at.header() + Math.rint(scale.x(target.at())) - 1,
                                                at.width() - 2),
                                        at.overviewTop(),
                                        2,
                                        at.overviewHeight()));
    }

    void zoomBox(Geometry at, double from, double to) {
        zoomBox.setVisible(true);
        double left = Math.max(at.header(), Math.min(from, to));
        double right = Math.min(at.width(), Math.max(from, to));
        zoomBox.resizeRelocate(
                left, at.lanesTop(), Math.max(1, right - left), at.lanesBottom() - at.lanesTop());
    }

    void endZoomBox() {
        zoomBox.setVisible(false);
    }
}
