package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.CommitHistogram;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.TimeStep;
import dev.lifeboat.ui.timeline.model.Viewport;

import java.util.Locale;
import java.util.Optional;

/** How much was committed when: bars as high as the busiest one in sight. */
final class CommitPainter implements LanePainter {
    @Override
    public String subtitle(Brush brush, Lane lane) {
        Optional<CommitHistogram> commits = brush.state.data().commits();
        if (commits.isEmpty()) {
            return Messages.text("timeline.lane.commits.none");
        }
        String per = Micros.length(step(brush)).replaceAll(" 0 [smh]$", "");
        String most = String.format(Locale.ROOT, "%,d", highest(brush, commits.get()));
        return Messages.text("timeline.lane.commits.per", per, most.replace(',', '\u202f'));
    }

    private static long highest(Brush brush, CommitHistogram commits) {
        long step = step(brush);
        long highest = 0;
        long first = Math.floorDiv(brush.view().from(), step) * step;
        for (long at = first; at < brush.view().to(); at += step) {
            highest = Math.max(highest, commits.count(at, at + step));
        }
        return highest;
    }

    private static long step(Brush brush) {
        long least = Math.round(brush.px(3) * brush.view().microsPerPixel());
        return Math.max(Micros.SECOND, TimeStep.atLeast(least).micros());
    }

    @Override
    public void paint(Brush brush, Lane lane, Geometry.Row row) {
        Optional<CommitHistogram> commits = brush.state.data().commits();
        if (commits.isEmpty()) {
            unread(brush, brush.at.header(), brush.at.width(), row);
            return;
        }
        bars(brush, commits.get(), row);
        double from = brush.x(commits.get().known().from());
        double to = brush.x(commits.get().known().to());
        if (from > brush.at.header()) {
            unread(brush, brush.at.header(), Math.min(from, brush.at.width()), row);
        }
        double end = brush.x(brush.state.data().latest().orElse(commits.get().known().to()));
        if (to < Math.min(end, brush.at.width())) {
            unread(brush, Math.max(brush.at.header(), to), Math.min(end, brush.at.width()), row);
        }
    }

    private static void bars(Brush brush, CommitHistogram commits, Geometry.Row row) {
        Viewport view = brush.view();
        long step = step(brush);
        long first = Math.floorDiv(view.from(), step) * step;
        long highest = Math.max(1, highest(brush, commits));
        double bottom = row.bottom() - brush.px(5);
        double tall = row.height() - brush.px(18);
        brush.g.setFill(brush.ink(Ink.MUTED));
        for (long at = first; at < view.to(); at += step) {
            long count = commits.count(at, at + step);
            double x = brush.x(at);
            double next = brush.x(at + step);
            double height = count == 0 ? 0 : Math.max(1, Math.rint(tall * count / highest));
            brush.g.fillRect(x, bottom - height, Math.max(1, next - x - 1), height);
        }
    }

    private static void unread(Brush brush, double from, double to, Geometry.Row row) {
        double height = brush.px(14);
        double top = Math.rint(row.middle() - height / 2);
        brush.dots(brush.ink(Ink.LINE_STRONG), from, top, to - from, height);
    }

    @Override
    public void over(Brush brush, Lane lane, Geometry.Row row) {
        if (brush.state.data().commits().isPresent()) {
            return;
        }
        String text = Messages.text("timeline.lane.commits.unread");
        double wide = brush.width(brush.fonts.plain, text) + brush.px(16);
        double x = brush.at.header() + brush.px(12);
        brush.fill(brush.ink(Ink.GROUND), x, row.middle() - brush.px(9), wide, brush.px(18));
        brush.text(brush.fonts.plain, brush.ink(Ink.MUTED), text, x + brush.px(8), row.middle());
    }
}
