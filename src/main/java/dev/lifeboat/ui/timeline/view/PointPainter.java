package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.LabelRow;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Mark;

import java.util.Comparator;
import java.util.List;

/** Restore points, marks from outside, and what the finder found to have hurt. */
final class PointPainter implements LanePainter {
    private static final int MOST = 400;

    @Override
    public String subtitle(Brush brush, Lane lane) {
        if (lane == Lane.POINTS) {
            return Messages.text("timeline.lane.points.kinds");
        }
        int count = brush.state.data().marksOf(lane).size();
        return count == 0
                ? Messages.text("timeline.lane.damage.kinds")
                : Messages.text("timeline.lane.damage.found", count);
    }

    @Override
    public void paint(Brush brush, Lane lane, Geometry.Row row) {}

    /** What happened, happened: it is shown whatever can be recovered there. */
    @Override
    public void over(Brush brush, Lane lane, Geometry.Row row) {
        List<Mark> marks = brush.state.data().marksOf(lane);
        double left = brush.at.header();
        if (marks.isEmpty()) {
            String none =
                    lane == Lane.POINTS
                            ? Messages.text("timeline.lane.points.none")
                            : brush.state.damageNote();
            brush.text(
                    brush.fonts.plain,
                    brush.ink(Ink.MUTED),
                    none,
                    left + brush.px(12),
                    row.middle());
            return;
        }
        List<Mark> shown =
                marks.stream()
                        .filter(mark -> brush.x(mark.at()) >= left - brush.px(300))
                        .filter(mark -> brush.x(mark.at()) <= brush.at.width() + brush.px(10))
                        .sorted(Comparator.comparing(Mark::kind))
                        .toList();
        label(brush, shown, row);
        Mark.Kind kind = null;
        double last = Double.NEGATIVE_INFINITY;
        for (Mark mark : shown) {
            double x = brush.x(mark.at());
            if (mark.kind() != kind || Math.abs(x - last) >= brush.px(5)) {
                glyph(brush, mark, x, row);
                last = x;
                kind = mark.kind();
            }
        }
    }

    private static double y(Mark mark, Geometry.Row row) {
        return switch (mark.kind()) {
            case RESTORE_POINT -> Math.rint(row.top() + row.height() * 0.32);
            case EXTERNAL -> Math.rint(row.top() + row.height() * 0.7);
            default -> row.middle();
        };
    }

    private static void glyph(Brush brush, Mark mark, double x, Geometry.Row row) {
        double y = y(mark, row);
        switch (mark.kind()) {
            case RESTORE_POINT -> brush.diamond(brush.ink(Ink.WARN), true, x, y, brush.px(6));
            case EXTERNAL -> brush.flag(brush.ink(Ink.MUTED), x, y, brush.px(6));
            default -> {
                brush.fill(brush.ink(Ink.DANGER), x, row.top() + 1, 1, row.height() - 2);
                brush.fill(
                        brush.ink(Ink.GROUND),
                        x - brush.px(8),
                        y - brush.px(8),
                        brush.px(16),
                        brush.px(16));
                brush.cross(brush.ink(Ink.DANGER), x, y, brush.px(5));
            }
        }
    }

    private static void label(Brush brush, List<Mark> shown, Geometry.Row row) {
        var points = new LabelRow();
        var outside = new LabelRow();
        for (Mark mark : shown) {
            LabelRow taken = mark.kind() == Mark.Kind.EXTERNAL ? outside : points;
            double x = brush.x(mark.at());
            taken.claim(x - brush.px(7), x + brush.px(7));
        }
        for (Mark mark : shown.subList(0, Math.min(MOST, shown.size()))) {
            LabelRow taken = mark.kind() == Mark.Kind.EXTERNAL ? outside : points;
            one(brush, mark, row, taken);
        }
    }

    /** To the right of its glyph; to the left where the edge of the picture is too near. */
    private static void one(Brush brush, Mark mark, Geometry.Row row, LabelRow taken) {
        double edge = brush.at.width() - brush.px(4);
        double wide = brush.width(brush.fonts.plain, mark.label());
        double glyph = brush.x(mark.at());
        double left = Math.max(brush.at.header(), glyph) + brush.px(11);
        String text = mark.label();
        if (left + wide > edge && taken.isFree(glyph - brush.px(11) - wide, glyph - brush.px(8))) {
            left = glyph - brush.px(11) - wide;
        } else {
            double room = Math.min(taken.nextTaken(left) - brush.px(4), edge) - left;
            text = brush.fonts.fit(brush.fonts.plain, text, room);
        }
        boolean enough = text.length() >= Math.min(6, mark.label().length());
        if (enough && taken.claim(left, left + brush.width(brush.fonts.plain, text))) {
            Ink ink = mark.kind() == Mark.Kind.EXTERNAL ? Ink.MUTED : Ink.TEXT;
            brush.text(brush.fonts.plain, brush.ink(ink), text, left, y(mark, row));
        }
    }
}
