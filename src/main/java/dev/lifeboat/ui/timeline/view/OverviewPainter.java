package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Columns;
import dev.lifeboat.ui.timeline.model.Coverage;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.Veil;
import dev.lifeboat.ui.timeline.model.Viewport;
import dev.lifeboat.ui.timeline.model.WalLane;

/** The strip at the bottom: everything there is, whatever is looked at above. */
final class OverviewPainter {
    /** The strip's own scale: all of the limits. */
    static Viewport scale(Span limits, double width) {
        Span shown =
                limits.length() < Viewport.SHORTEST
                        ? new Span(limits.from(), limits.from() + Viewport.SHORTEST)
                        : limits;
        return new Viewport(shown.from(), shown.length(), width, shown);
    }

    void paint(Brush brush) {
        Geometry at = brush.at;
        double top = at.overviewTop();
        double height = at.overviewHeight();
        brush.fill(
                brush.ink(Ink.RAISED), 0, at.overview(), at.width(), at.height() - at.overview());
        brush.horizontal(brush.ink(Ink.LINE), 0, at.width(), at.overview());
        Viewport scale = scale(brush.state.data().limits(), at.plot());
        brush.fill(brush.ink(Ink.GROUND), at.header(), top, at.plot(), height);
        for (WalLane lane : brush.state.data().wal()) {
            if (lane.lane() == Lane.WAL_PRIMARY || brush.state.data().wal().size() == 1) {
                bar(brush, lane, scale, top + Math.rint(height * 0.55), Math.rint(height * 0.3));
            }
        }
        veils(brush, scale, top, height);
        marks(brush, scale, top, height);
        header(brush, top + height / 2);
        ends(brush, top + height);
    }

    private static void bar(Brush brush, WalLane lane, Viewport scale, double top, double height) {
        for (Columns.Column column : Columns.of(lane.coverage(), scale)) {
            boolean held =
                    switch (column.state()) {
                        case HELD, FROM_OTHER, NOT_REPLICATED -> true;
                        default -> false;
                    };
            brush.fill(
                    held
                            ? brush.faded(Ink.OK, 0.6)
                            : brush.ink(
                                    column.state() == Coverage.State.MISSING
                                            ? Ink.DANGER
                                            : Ink.WARN),
                    brush.at.header() + column.from(),
                    top,
                    Math.max(held ? 1 : 2, column.to() - column.from()),
                    height);
        }
    }

    private static void veils(Brush brush, Viewport scale, double top, double height) {
        for (Veil veil : brush.state.veils().list()) {
            double from = Math.max(0, scale.x(veil.span().from()));
            double to = Math.min(scale.width(), scale.x(veil.span().to()));
            if (to > from) {
                brush.fill(
                        brush.ink(Ink.GROUND, 0.6),
                        brush.at.header() + Math.rint(from),
                        top,
                        Math.rint(to - from),
                        height);
            }
        }
        for (GapMark gap : brush.state.data().gaps()) {
            if (gap.fate() != GapMark.Fate.FILLED) {
                double x = brush.at.header() + Math.rint(scale.x(gap.span().from()));
                brush.fill(
                        brush.ink(gap.fate() == GapMark.Fate.OPEN ? Ink.DANGER : Ink.WARN),
                        x,
                        top,
                        2,
                        height);
            }
        }
    }

    private static void marks(Brush brush, Viewport scale, double top, double height) {
        double last = Double.NEGATIVE_INFINITY;
        for (Mark mark : brush.state.data().marks()) {
            double x = brush.at.header() + Math.rint(scale.x(mark.until()));
            boolean damage = mark.kind() == Mark.Kind.DAMAGE;
            if (damage || (mark.lane() == Lane.BASES && x - last >= brush.px(3))) {
                brush.fill(
                        brush.ink(damage ? Ink.DANGER : Ink.INFO),
                        x,
                        top + brush.px(2),
                        Math.max(1, brush.px(1.5)),
                        Math.rint(height * 0.4));
                last = x;
            }
        }
    }

    private static void header(Brush brush, double middle) {
        Span limits = brush.state.data().limits();
        brush.text(
                brush.fonts.bold,
                brush.ink(Ink.TEXT),
                Messages.text("timeline.lane.overview"),
                brush.px(14),
                middle - brush.px(6));
        brush.text(
                brush.fonts.small,
                brush.ink(Ink.MUTED),
                Messages.text("timeline.lane.overview.all", Micros.length(limits.length())),
                brush.px(14),
                middle + brush.px(8));
    }

    private static void ends(Brush brush, double top) {
        Span limits = brush.state.data().limits();
        double middle = top + brush.px(8);
        String from =
                TimeAxis.utc(limits.from() / Micros.MINUTE * Micros.MINUTE).replace(":00Z", "Z");
        String to = TimeAxis.utc(limits.to() / Micros.MINUTE * Micros.MINUTE).replace(":00Z", "Z");
        brush.text(brush.fonts.mono, brush.ink(Ink.MUTED), from, brush.at.header(), middle);
        double wide = brush.width(brush.fonts.mono, to);
        brush.text(
                brush.fonts.mono,
                brush.ink(Ink.MUTED),
                to,
                brush.at.width() - wide - brush.px(4),
                middle);
    }
}
