package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.ui.Messages;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Draws a marker to what is near it. Immutable. */
public final class Snapper {
    /** How near, in pixels, something must be. */
    private static final double REACH = 9;

    private final TimelineData data;
    private final CommitTimes commits;

    public Snapper(TimelineData data, CommitTimes commits) {
        this.data = data;
        this.commits = commits;
    }

    /** Where a marker comes to stand that is put down at a time; veils are not looked at. */
    public Target snap(long time, Viewport view, SnapTo mode) {
        long reach = Math.round(REACH * view.microsPerPixel());
        if (mode == SnapTo.EVERYTHING || mode == SnapTo.EVENTS) {
            Optional<Target> event = event(time, reach);
            if (event.isPresent()) {
                return event.get();
            }
        }
        if (mode == SnapTo.EVERYTHING) {
            OptionalLong commit = commits.nearest(time, reach);
            if (commit.isPresent()) {
                return Target.time(commit.getAsLong(), Messages.text("timeline.at.commit"));
            }
        }
        return mode == SnapTo.NOTHING ? Target.time(time, "") : Target.time(onGrid(time, view), "");
    }

    private Optional<Target> event(long time, long reach) {
        if (data.latest().isPresent() && Math.abs(data.latest().getAsLong() - time) <= reach) {
            return Optional.of(Target.latest(data.latest().getAsLong()));
        }
        return near(data.marks(), time, reach).map(mark -> Target.of(mark, label(mark)));
    }

    private static Optional<Mark> near(List<Mark> marks, long time, long reach) {
        return marks.stream()
                .filter(mark -> Math.abs(mark.snapAt() - time) <= reach)
                .min(
                        Comparator.comparing(Mark::kind)
                                .thenComparingLong(mark -> Math.abs(mark.snapAt() - time)));
    }

    /** What the marker says when it stands at a mark. */
    public static String label(Mark mark) {
        return switch (mark.kind()) {
            case DAMAGE -> Messages.text("timeline.at.damage", mark.label());
            case RESTORE_POINT -> Messages.text("timeline.at.point", mark.label());
            case EXTERNAL -> mark.label();
            case BASE_VERIFIED, BASE_UNVERIFIED, BASE_FAILED ->
                    Messages.text("timeline.at.base", mark.label());
            case FULL_VERIFIED, FULL_UNVERIFIED, FULL_FAILED ->
                    Messages.text("timeline.at.full", mark.label());
        };
    }

    /** The step of the grid at a scale. */
    public static long step(Viewport view) {
        return TimeStep.atLeast(Math.round(4 * view.microsPerPixel())).micros();
    }

    private static long onGrid(long time, Viewport view) {
        long step = step(view);
        return Math.floorDiv(time + step / 2, step) * step;
    }
}
