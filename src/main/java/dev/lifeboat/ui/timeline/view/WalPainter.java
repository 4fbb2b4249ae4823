package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Columns;
import dev.lifeboat.ui.timeline.model.Coverage.State;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.LabelRow;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.WalLane;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A region's WAL as a bar: solid where it is held, hatched where it is missing, dotted where the
 * other region has it, a dashed frame where it has not been copied yet.
 */
final class WalPainter implements LanePainter {
    private static final double HEIGHT = 14;

    @Override
    public String subtitle(Brush brush, Lane lane) {
        return brush.state.data().walLane(lane).map(WalPainter::subtitle).orElse("");
    }

    private static String subtitle(WalLane lane) {
        return (isRough(lane) ? "≈ " : "") + lane.place();
    }

    private static boolean isRough(WalLane lane) {
        return !lane.exact() && !lane.coverage().isEmpty();
    }

    @Override
    public void paint(Brush brush, Lane lane, Geometry.Row row) {
        Optional<WalLane> wal = brush.state.data().walLane(lane);
        if (wal.isEmpty()) {
            return;
        }
        if (wal.get().unreachable().isPresent()) {
            return;
        }
        double top = top(brush, row);
        double height = brush.px(HEIGHT);
        for (Columns.Column column : Columns.of(wal.get().coverage(), brush.view())) {
            double x = brush.at.header() + column.from();
            bar(brush, column.state(), x, top, column.to() - column.from(), height);
        }
        if (isRough(wal.get())) {
            roughEdge(brush, wal.get(), top, height);
        }
    }

    /** What is missing is the reason of a veil: it is never dimmed by it. */
    @Override
    public void over(Brush brush, Lane lane, Geometry.Row row) {
        Optional<WalLane> wal = brush.state.data().walLane(lane);
        if (wal.isEmpty()) {
            return;
        }
        if (wal.get().unreachable().isPresent()) {
            unreachable(brush, row);
            return;
        }
        double top = top(brush, row);
        for (Columns.Column column : Columns.of(wal.get().coverage(), brush.view())) {
            if (column.state() == State.MISSING) {
                double x = brush.at.header() + column.from();
                missing(brush, x, top, column.to() - column.from(), brush.px(HEIGHT));
            }
        }
        labels(brush, wal.get(), top - brush.px(10));
    }

    private static double top(Brush brush, Geometry.Row row) {
        return Math.rint(row.middle() + brush.px(6) - brush.px(HEIGHT) / 2);
    }

    private static void bar(
            Brush brush, State state, double x, double top, double width, double height) {
        switch (state) {
            case HELD -> brush.fill(brush.faded(Ink.OK, 0.72), x, top, width, height);
            case FROM_OTHER -> filled(brush, x, top, width, height);
            case NOT_REPLICATED -> {
                brush.fill(brush.ink(Ink.GROUND), x, top, width, height);
                brush.dashes(brush.ink(Ink.WARN), x, top, width, height);
            }
            case MISSING -> {}
            case UNKNOWN, UNLISTED -> {
                brush.fill(brush.ink(Ink.GROUND), x, top, width, height);
                brush.dots(brush.ink(Ink.MUTED), x, top, width, height);
            }
        }
    }

    private static void filled(Brush brush, double x, double top, double width, double height) {
        if (width < brush.px(6)) {
            brush.fill(brush.faded(Ink.OK, 0.4), x, top, width, height);
            return;
        }
        brush.fill(brush.ink(Ink.GROUND), x, top, width, height);
        brush.dots(brush.ink(Ink.OK), x, top, width, height);
        brush.frame(brush.ink(Ink.OK), x, top, width, height);
    }

    private static void missing(Brush brush, double x, double top, double width, double height) {
        double wide = Math.max(3, width);
        double more = brush.px(2);
        if (wide < brush.px(6)) {
            brush.fill(brush.ink(Ink.DANGER), x, top - more, wide, height + 2 * more);
            return;
        }
        brush.fill(brush.ink(Ink.GROUND), x, top - more, wide, height + 2 * more);
        brush.hatch(brush.ink(Ink.DANGER), x, top - more, wide, height + 2 * more, brush.px(5));
        brush.frame(brush.ink(Ink.DANGER), x, top - more, wide, height + 2 * more);
    }

    /** Times by upload are no more than about right: the lower edge is dotted. */
    private static void roughEdge(Brush brush, WalLane lane, double top, double height) {
        double from = Math.max(brush.at.header(), brush.x(lane.coverage().span().from()));
        double to = Math.min(brush.at.width(), brush.x(lane.coverage().span().to()));
        double step = brush.px(4);
        brush.g.setFill(brush.ink(Ink.GROUND));
        double dot = Math.max(1, Math.rint(step / 2));
        for (double x = Math.ceil(from / step) * step; x < to; x += step) {
            brush.g.fillRect(x, top + height - brush.px(3), dot, brush.px(3));
        }
    }

    private static void unreachable(Brush brush, Geometry.Row row) {
        double left = brush.at.header();
        double height = brush.px(HEIGHT);
        double top = Math.rint(row.middle() - height / 2);
        brush.dots(brush.ink(Ink.MUTED), left, top, brush.at.plot(), height);
        String text = Messages.text("timeline.wal.silent");
        double wide = brush.width(brush.fonts.bold, text) + brush.px(16);
        double x = left + brush.px(12);
        brush.fill(brush.ink(Ink.GROUND), x, row.top() + 1, wide, row.height() - 2);
        brush.text(brush.fonts.bold, brush.ink(Ink.WARN), text, x + brush.px(8), row.middle());
    }

    /** Gaps that lose something come first, then the widest. */
    private static void labels(Brush brush, WalLane lane, double middle) {
        var taken = new LabelRow();
        lane.lag().ifPresent(lag -> lag(brush, lane, lag, middle, taken));
        List<GapMark> gaps =
                brush.state.data().gaps().stream()
                        .filter(gap -> gap.missingIn().contains(lane.lane()))
                        .filter(gap -> gap.span().overlaps(brush.view().visible()))
                        .sorted(
                                Comparator.comparing(GapMark::fate)
                                        .reversed()
                                        .thenComparingLong(gap -> -gap.span().length()))
                        .limit(60)
                        .toList();
        for (GapMark gap : gaps) {
            label(brush, lane.lane(), gap, middle, taken);
        }
        if (isRough(lane)) {
            double x = brush.x(lane.coverage().span().from());
            put(brush, Ink.MUTED, Messages.text("timeline.wal.rough"), x, middle, taken);
        }
    }

    private static void label(Brush brush, Lane lane, GapMark gap, double middle, LabelRow taken) {
        String count = Messages.count("timeline.wal.segments", gap.segments());
        String filler =
                Messages.text(
                        lane == Lane.WAL_PRIMARY
                                ? "timeline.region.dr"
                                : "timeline.region.primary");
        String text =
                switch (gap.fate()) {
                    case FILLED -> Messages.text("timeline.wal.filled", count, filler);
                    case UNKNOWN -> Messages.text("timeline.wal.unknown", count, filler);
                    case OPEN -> Messages.text("timeline.wal.gap", count);
                };
        Ink ink =
                switch (gap.fate()) {
                    case FILLED -> Ink.OK;
                    case UNKNOWN -> Ink.WARN;
                    case OPEN -> Ink.DANGER;
                };
        put(brush, ink, text, brush.x(gap.span().from()), middle, taken);
    }

    private static void lag(Brush brush, WalLane lane, long lag, double middle, LabelRow taken) {
        String text = Messages.text("timeline.wal.lag", Micros.length(lag));
        long last = lane.coverage().span().to();
        double end = Math.min(brush.at.width(), brush.x(last));
        double wide = brush.width(brush.fonts.bold, text);
        if (end > brush.at.header() && last - lag < brush.view().to()) {
            put(brush, Ink.WARN, text, end - wide - brush.px(2), middle, taken);
        }
    }

    private static void put(
            Brush brush, Ink ink, String text, double x, double middle, LabelRow taken) {
        double wide = brush.width(brush.fonts.bold, text);
        double left =
                Math.clamp(
                        x,
                        brush.at.header() + brush.px(2),
                        Math.max(brush.at.header() + brush.px(2), brush.at.width() - wide - 2));
        if (taken.claim(left - brush.px(8), left + wide + brush.px(8))) {
            brush.text(brush.fonts.bold, brush.ink(ink), text, left, middle);
        }
    }
}
