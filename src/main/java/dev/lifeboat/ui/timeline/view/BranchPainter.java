package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Branch;
import dev.lifeboat.ui.timeline.model.LabelRow;
import dev.lifeboat.ui.timeline.model.Lane;

import java.util.List;

/** The tree of timelines: the way to the newest above, what was left behind slopes away below. */
final class BranchPainter implements LanePainter {
    @Override
    public String subtitle(Brush brush, Lane lane) {
        int count = brush.state.data().branches().size();
        return count == 1
                ? Messages.text("timeline.lane.branches.one")
                : Messages.text("timeline.lane.branches.many", count);
    }

    @Override
    public void paint(Brush brush, Lane lane, Geometry.Row row) {
        List<Branch> branches = brush.state.data().branches();
        BranchRow at = BranchRow.of(row, brush.at.unit());
        var dead = new LabelRow();
        for (Branch branch : branches) {
            abandoned(brush, branch, at, dead);
        }
        for (Branch branch : branches) {
            live(brush, branch, at.line());
        }
    }

    @Override
    public void over(Brush brush, Lane lane, Geometry.Row row) {
        BranchRow at = BranchRow.of(row, brush.at.unit());
        List<Branch> branches = brush.state.data().branches();
        var names = new LabelRow();
        branches.reversed().forEach(branch -> name(brush, branch, at, names));
    }

    private static void live(Brush brush, Branch branch, double y) {
        if (!isLive(branch)) {
            return;
        }
        long end = branch.abandonedFrom().orElse(branch.to());
        double from = Math.max(brush.at.header(), brush.x(branch.from()));
        double to = Math.min(brush.at.width(), brush.x(end));
        double thick = Math.max(2, brush.px(3));
        if (to > from) {
            brush.fill(brush.ink(Ink.INFO), from, y - Math.floor(thick / 2), to - from, thick);
        }
    }

    private static boolean isLive(Branch branch) {
        return branch.abandonedFrom().orElse(Long.MAX_VALUE) > branch.from();
    }

    private static void abandoned(Brush brush, Branch branch, BranchRow at, LabelRow taken) {
        if (branch.abandonedFrom().isEmpty()) {
            return;
        }
        double from = brush.x(branch.abandonedFrom().getAsLong());
        double slope = from + brush.px(14);
        double to = Math.max(slope + brush.px(8), brush.x(branch.to()));
        if (to < brush.at.header() || from > brush.at.width()) {
            return;
        }
        brush.g.setStroke(brush.ink(Ink.MUTED));
        brush.g.setLineWidth(Math.max(1.5, brush.px(2)));
        brush.g.setLineDashes(brush.px(5), brush.px(3));
        brush.g.strokePolyline(
                new double[] {from, slope, to}, new double[] {at.line(), at.left(), at.left()}, 3);
        brush.g.setLineDashes();
        brush.cross(brush.ink(Ink.MUTED), to + brush.px(5), at.left(), brush.px(3.5));
        String text = Messages.text("timeline.branch.left", branch.id());
        double x = Math.max(brush.at.header() + brush.px(4), to + brush.px(14));
        double wide = brush.width(brush.fonts.small, text);
        if (taken.claim(from, x + wide + brush.px(8))) {
            brush.text(brush.fonts.small, brush.ink(Ink.MUTED), text, x, at.left());
        }
    }

    private static void name(Brush brush, Branch branch, BranchRow at, LabelRow taken) {
        if (!isLive(branch)) {
            return;
        }
        double fork = brush.x(branch.from());
        boolean visible = fork >= brush.at.header() && fork <= brush.at.width();
        double end = brush.x(branch.abandonedFrom().orElse(branch.to()));
        if (end < brush.at.header() || fork > brush.at.width()) {
            return;
        }
        if (visible && branch.parent().isPresent()) {
            double r = brush.px(BranchRow.RING);
            brush.g.setFill(brush.ink(Ink.GROUND));
            brush.g.fillOval(fork - r, at.line() - r, 2 * r, 2 * r);
            brush.g.setStroke(brush.ink(Ink.INFO));
            brush.g.setLineWidth(Math.max(1.5, brush.px(2)));
            brush.g.strokeOval(fork - r, at.line() - r, 2 * r, 2 * r);
        }
        String text =
                Messages.text(
                        visible && branch.parent().isPresent()
                                ? "timeline.branch.promoted"
                                : "timeline.branch",
                        branch.id());
        double begin = branch.parent().isPresent() ? fork - brush.px(4) : fork + brush.px(2);
        double x = Math.max(brush.at.header() + brush.px(6), begin);
        double wide = brush.width(brush.fonts.bold, text);
        if (taken.claim(x - brush.px(6), x + wide + brush.px(6))) {
            brush.text(brush.fonts.bold, brush.ink(Ink.TEXT), text, x, at.name());
        }
    }
}
