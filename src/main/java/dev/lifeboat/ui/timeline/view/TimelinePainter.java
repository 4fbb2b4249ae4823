package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.TimeAxis;

import java.util.EnumMap;
import java.util.Map;

/** Paints the whole picture but for what moves with the marker. */
final class TimelinePainter {
    private final AxisPainter axis;
    private final VeilPainter veils = new VeilPainter();
    private final OverviewPainter overview = new OverviewPainter();
    private final Map<Lane, LanePainter> lanes = new EnumMap<>(Lane.class);

    TimelinePainter(TimeAxis timeAxis) {
        axis = new AxisPainter(timeAxis);
        var backups = new BackupPainter();
        var wal = new WalPainter();
        var points = new PointPainter();
        lanes.put(Lane.BASES, backups);
        lanes.put(Lane.FULLS, backups);
        lanes.put(Lane.WAL_PRIMARY, wal);
        lanes.put(Lane.WAL_DR, wal);
        lanes.put(Lane.BRANCHES, new BranchPainter());
        lanes.put(Lane.POINTS, points);
        lanes.put(Lane.DAMAGES, points);
        lanes.put(Lane.COMMITS, new CommitPainter());
    }

    void paint(Brush brush) {
        Geometry at = brush.at;
        brush.fill(brush.ink(Ink.GROUND), 0, 0, at.width(), at.height());
        axis.grid(brush);
        brush.g.save();
        brush.g.beginPath();
        brush.g.rect(at.header(), 0, at.plot(), at.height());
        brush.g.clip();
        at.rows().forEach((lane, row) -> lanes.get(lane).paint(brush, lane, row));
        veils.paint(brush);
        at.rows().forEach((lane, row) -> lanes.get(lane).over(brush, lane, row));
        latest(brush);
        brush.g.restore();
        at.rows().forEach((lane, row) -> header(brush, lane, row));
        brush.vertical(brush.ink(Ink.LINE), at.header() - 1, at.axis(), at.lanesBottom());
        captions(brush);
        axis.paint(brush);
        overview.paint(brush);
    }

    /** What the two rows below the axis are for. */
    private static void captions(Brush brush) {
        Geometry at = brush.at;
        double left = brush.px(14);
        brush.text(
                brush.fonts.bold,
                brush.ink(Ink.TARGET),
                Messages.text("timeline.lane.target"),
                left,
                at.axis() + at.flags() / 2);
        brush.text(
                brush.fonts.small,
                brush.ink(Ink.MUTED),
                Messages.text("timeline.lane.veil"),
                left,
                at.axis() + at.flags() + at.reasons() / 2 - 1);
        brush.horizontal(brush.ink(Ink.LINE), 0, at.width(), at.lanesTop() - 1);
    }

    /** Where the archive ends: a dotted line. */
    private static void latest(Brush brush) {
        if (brush.state.data().latest().isEmpty()) {
            return;
        }
        double x = brush.x(brush.state.data().latest().getAsLong());
        brush.g.setFill(brush.ink(Ink.TEXT));
        for (double y = brush.at.axis(); y < brush.at.lanesBottom(); y += brush.px(4)) {
            brush.g.fillRect(x, y, 1, brush.px(2));
        }
    }

    private void header(Brush brush, Lane lane, Geometry.Row row) {
        Geometry at = brush.at;
        boolean selected = brush.state.lane() == lane;
        if (selected) {
            brush.fill(brush.ink(Ink.RAISED), 0, row.top(), at.header() - 1, row.height());
            brush.fill(brush.ink(Ink.INFO), 0, row.top(), brush.px(3), row.height());
        }
        brush.horizontal(brush.ink(Ink.LINE), 0, at.width(), row.bottom() - 1);
        double left = brush.px(14);
        double room = at.header() - left - brush.px(6);
        brush.text(
                brush.fonts.bold,
                brush.ink(Ink.TEXT),
                brush.fonts.fit(brush.fonts.bold, LaneNames.title(lane), room),
                left,
                row.middle() - brush.px(7));
        brush.text(
                brush.fonts.small,
                brush.ink(Ink.MUTED),
                brush.fonts.fit(brush.fonts.small, lanes.get(lane).subtitle(brush, lane), room),
                left,
                row.middle() + brush.px(8));
    }
}
