package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.LabelRow;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Mark;

import javafx.scene.paint.Color;

import java.util.ArrayList;
import java.util.List;

/**
 * Backups where they ended, since that is where they can be recovered to: a triangle for a physical
 * base, a square for a dump; filled when it was proven, hollow when it was not, crossed out when it
 * failed. What lies too close together is one glyph with a count.
 */
final class BackupPainter implements LanePainter {
    private static final double APART = 24;

    @Override
    public String subtitle(Brush brush, Lane lane) {
        return Messages.text(
                lane == Lane.BASES ? "timeline.lane.bases.kind" : "timeline.lane.fulls.kind");
    }

    @Override
    public void paint(Brush brush, Lane lane, Geometry.Row row) {
        clusters(brush, lane).forEach(cluster -> duration(brush, cluster, row));
    }

    /** A backup is there, whatever can be recovered around it. */
    @Override
    public void over(Brush brush, Lane lane, Geometry.Row row) {
        List<List<Mark>> clusters = clusters(brush, lane);
        var taken = new LabelRow();
        double size = brush.px(6);
        for (List<Mark> cluster : clusters) {
            double x = x(brush, cluster);
            taken.claim(x - size, x + size);
        }
        for (List<Mark> cluster : clusters) {
            label(brush, cluster, row, size, taken);
        }
        if (brush.state.data().marksOf(lane).isEmpty()) {
            brush.text(
                    brush.fonts.plain,
                    brush.ink(Ink.MUTED),
                    Messages.text(
                            lane == Lane.BASES
                                    ? "timeline.lane.bases.none"
                                    : "timeline.lane.fulls.none"),
                    brush.at.header() + brush.px(12),
                    row.middle());
        }
    }

    private static List<List<Mark>> clusters(Brush brush, Lane lane) {
        List<List<Mark>> clusters = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        for (Mark mark : brush.state.data().marksOf(lane)) {
            double x = brush.x(mark.until());
            if (x < brush.at.header() - brush.px(200) || x > brush.at.width() + brush.px(20)) {
                continue;
            }
            if (x - last < brush.px(APART)) {
                clusters.getLast().add(mark);
            } else {
                clusters.add(new ArrayList<>(List.of(mark)));
                last = x;
            }
        }
        return clusters;
    }

    /** Where a cluster is drawn: at its first, so that clusters keep apart. */
    private static double x(Brush brush, List<Mark> cluster) {
        return brush.x(cluster.getFirst().until());
    }

    /** How long it took: a thin line up to the glyph. */
    private static void duration(Brush brush, List<Mark> cluster, Geometry.Row row) {
        Mark mark = cluster.getLast();
        double from = Math.max(brush.at.header(), brush.x(mark.at()));
        double to = brush.x(mark.until());
        if (cluster.size() == 1 && to - from > brush.px(8)) {
            brush.fill(brush.ink(Ink.INFO, 0.45), from, row.middle() - 1, to - from, 2);
            brush.fill(brush.ink(Ink.INFO, 0.45), from, row.middle() - brush.px(4), 1, brush.px(8));
        }
    }

    private static void glyph(Brush brush, List<Mark> cluster, double y, double size) {
        Mark mark = cluster.getLast();
        double x = x(brush, cluster);
        Mark.Kind kind = mark.kind();
        Color color = brush.ink(kind.isFailed() ? Ink.DANGER : Ink.INFO);
        boolean filled = cluster.stream().anyMatch(one -> one.kind().isVerified());
        if (kind.isFailed() && cluster.size() == 1) {
            brush.cross(color, x, y, size * 0.8);
        } else if (mark.lane() == Lane.BASES) {
            brush.triangle(brush.ink(Ink.INFO), filled, x, y, size);
        } else {
            brush.square(brush.ink(Ink.INFO), filled, x, y, size * 0.8);
        }
    }

    private static void label(
            Brush brush, List<Mark> cluster, Geometry.Row row, double size, LabelRow taken) {
        double left = x(brush, cluster) + size + brush.px(5);
        double room = Math.min(taken.nextTaken(left), brush.at.width()) - left - brush.px(6);
        if (cluster.size() > 1) {
            counted(brush, cluster, row, size, left, room);
            return;
        }
        glyph(brush, cluster, row.middle(), size);
        Mark mark = cluster.getFirst();
        String proof = proof(mark.kind());
        double proofWide = brush.width(brush.fonts.small, proof);
        double wide = brush.width(brush.fonts.plain, mark.label());
        if (wide > room && room < brush.px(40)) {
            return;
        }
        String label = brush.fonts.fit(brush.fonts.plain, mark.label(), room);
        boolean both = wide + brush.px(6) + proofWide <= room;
        boolean stacked = proofWide <= room;
        double y = both || !stacked ? row.middle() : row.middle() - brush.px(7);
        brush.text(brush.fonts.plain, brush.ink(Ink.TEXT), label, left, y);
        Ink ink =
                mark.kind().isFailed() ? Ink.DANGER : mark.kind().isVerified() ? Ink.OK : Ink.MUTED;
        if (both) {
            brush.text(brush.fonts.small, brush.ink(ink), proof, left + wide + brush.px(6), y);
        } else if (stacked) {
            brush.text(brush.fonts.small, brush.ink(ink), proof, left, row.middle() + brush.px(7));
        }
    }

    /** The count stands beside the glyph, or below it where the next one is near. */
    private static void counted(
            Brush brush,
            List<Mark> cluster,
            Geometry.Row row,
            double size,
            double left,
            double room) {
        String count = "×" + cluster.size();
        if (brush.width(brush.fonts.bold, count) <= room) {
            glyph(brush, cluster, row.middle(), size);
            brush.text(brush.fonts.bold, brush.ink(Ink.TEXT), count, left, row.middle());
            return;
        }
        glyph(brush, cluster, row.middle() - brush.px(7), size);
        double x = x(brush, cluster);
        double below = row.middle() + brush.px(9);
        brush.centred(brush.fonts.small, brush.ink(Ink.MUTED), count, x, below);
    }

    private static String proof(Mark.Kind kind) {
        return Messages.text(
                kind.isFailed()
                        ? "timeline.proof.failed"
                        : kind.isVerified() ? "timeline.proof.verified" : "timeline.proof.none");
    }
}
