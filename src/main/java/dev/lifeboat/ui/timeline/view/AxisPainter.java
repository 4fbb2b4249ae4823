package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.TimeAxis;

import javafx.scene.text.Font;

import java.util.List;

/** The axis: UTC in bold, the local clock below it, and where that clock is put forward or back. */
final class AxisPainter {
    private static final double ROOM = 104;

    private final TimeAxis axis;

    AxisPainter(TimeAxis axis) {
        this.axis = axis;
    }

    /** The lines through the lanes; below everything else. */
    void grid(Brush brush) {
        for (TimeAxis.Tick tick : axis.ticks(brush.view(), brush.px(ROOM))) {
            brush.vertical(
                    tick.newDay() ? brush.faded(Ink.LINE_STRONG, 0.7) : brush.faded(Ink.LINE, 0.8),
                    brush.x(tick.at()),
                    brush.at.lanesTop(),
                    brush.at.lanesBottom());
        }
        for (TimeAxis.ClockChange change : axis.changes(brush.view())) {
            double x = brush.x(change.at());
            for (double y = brush.at.lanesTop(); y < brush.at.lanesBottom(); y += brush.px(6)) {
                brush.fill(brush.ink(Ink.WARN), x, y, 1, brush.px(3));
            }
        }
    }

    void paint(Brush brush) {
        Geometry at = brush.at;
        double width = at.width();
        brush.fill(brush.ink(Ink.RAISED), 0, 0, width, at.axis());
        brush.horizontal(brush.ink(Ink.LINE), 0, width, at.axis() - 1);
        double upper = Math.rint(at.axis() * 0.32);
        double lower = Math.rint(at.axis() * 0.72);
        brush.g.save();
        brush.g.beginPath();
        brush.g.rect(at.header(), 0, at.plot(), at.axis());
        brush.g.clip();
        for (TimeAxis.Tick tick : axis.ticks(brush.view(), brush.px(ROOM))) {
            double x = brush.x(tick.at());
            brush.vertical(
                    brush.ink(tick.newDay() ? Ink.MUTED : Ink.LINE_STRONG),
                    x,
                    at.axis() - brush.px(6),
                    at.axis());
            label(brush, brush.fonts.monoBold, Ink.TEXT, tick.utc(), x, upper);
            label(brush, brush.fonts.mono, Ink.MUTED, tick.local(), x, lower);
        }
        changes(brush, lower);
        brush.g.restore();
        header(brush, upper, lower);
    }

    /** A label that the edge would cut is left out. */
    private static void label(
            Brush brush, Font font, Ink ink, String text, double x, double middle) {
        double half = brush.width(font, text) / 2;
        if (x - half >= brush.at.header() && x + half <= brush.at.width()) {
            brush.centred(font, brush.ink(ink), text, x, middle);
        }
    }

    private void changes(Brush brush, double lower) {
        List<TimeAxis.ClockChange> changes = axis.changes(brush.view());
        for (TimeAxis.ClockChange change : changes) {
            String label = change.label();
            double width = brush.width(brush.fonts.small, label) + brush.px(12);
            double low = brush.at.header() + brush.px(2);
            double left =
                    Math.rint(
                            Math.clamp(
                                    brush.x(change.at()) - width / 2,
                                    low,
                                    Math.max(low, brush.at.width() - width)));
            double height = brush.px(16);
            brush.fill(brush.ink(Ink.RAISED), left, lower - height / 2, width, height);
            brush.dashes(brush.ink(Ink.WARN), left, Math.rint(lower - height / 2), width, height);
            brush.text(brush.fonts.small, brush.ink(Ink.WARN), label, left + brush.px(6), lower);
        }
    }

    private void header(Brush brush, double upper, double lower) {
        double left = brush.px(14);
        long from = brush.view().from();
        double room = brush.at.header() - left - brush.px(6);
        String day = TimeAxis.day(from);
        brush.text(brush.fonts.bold, brush.ink(Ink.TEXT), "UTC", left, upper);
        double after = left + brush.width(brush.fonts.bold, "UTC") + brush.px(8);
        brush.text(
                brush.fonts.small,
                brush.ink(Ink.MUTED),
                brush.fonts.fit(brush.fonts.small, day, room - (after - left)),
                after,
                upper);
        brush.text(
                brush.fonts.small,
                brush.ink(Ink.MUTED),
                brush.fonts.fit(
                        brush.fonts.small,
                        Messages.text("timeline.axis.local", axis.zoneName(from)),
                        room),
                left,
                lower);
    }
}
