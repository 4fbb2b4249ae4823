package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.Veil;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said about the thing below the mouse. */
final class HoverText {
    private static final double REACH = 9;

    private HoverText() {}

    /** Empty where there is nothing. */
    static String at(TimelineView view, TimelineState state, long time, double y) {
        Optional<Lane> lane = view.geometry().laneAt(y);
        Optional<String> text =
                lane.flatMap(found -> mark(view, state, found, time)).map(Mark::detail);
        if (text.isEmpty() && lane.filter(HoverText::isWal).isPresent()) {
            text = gap(state, lane.get(), time);
        }
        Optional<String> veil =
                state.veils()
                        .at(time)
                        .map(Veil::text)
                        .map(why -> Messages.text("timeline.hover.veil", why));
        String clock =
                TimeAxis.utc(time / 1000 * 1000) + "\n" + view.axis().local(time / 1000 * 1000);
        return text.isEmpty() && veil.isEmpty()
                ? ""
                : text.map(found -> found + "\n").orElse("")
                        + veil.map(found -> found + "\n").orElse("")
                        + clock;
    }

    private static boolean isWal(Lane lane) {
        return lane == Lane.WAL_PRIMARY || lane == Lane.WAL_DR;
    }

    /** The mark of a lane that is nearest to a time, if it is near enough. */
    static Optional<Mark> mark(TimelineView view, TimelineState state, Lane lane, long time) {
        double reach = view.geometry().px(REACH) * state.view().microsPerPixel();
        return state.data().marksOf(lane).stream()
                .filter(mark -> Math.abs(mark.until() - time) <= reach)
                .min(Comparator.comparingLong(mark -> Math.abs(mark.until() - time)));
    }

    private static Optional<String> gap(TimelineState state, Lane lane, long time) {
        return state.data().gaps().stream()
                .filter(gap -> gap.missingIn().contains(lane))
                .filter(gap -> gap.span().from() <= time && time <= gap.span().to())
                .findFirst()
                .map(HoverText::describe);
    }

    private static String describe(GapMark gap) {
        String fate =
                switch (gap.fate()) {
                    case FILLED -> Messages.text("timeline.hover.filled");
                    case UNKNOWN -> Messages.text("timeline.hover.unknown");
                    case OPEN -> Messages.text("timeline.hover.open");
                };
        String lanes =
                gap.missingIn().stream()
                        .map(LaneNames::title)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Messages.count("timeline.hover.gap", gap.segments(), gap.files(), fate, lanes);
    }
}
