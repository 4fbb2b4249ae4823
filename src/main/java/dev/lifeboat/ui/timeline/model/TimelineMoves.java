package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.ui.Messages;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The moves of the keyboard, on a {@link TimelineState}. For one thread. */
public final class TimelineMoves {
    private static final double ZOOM = 1.5;
    private static final double PAN = 0.15;

    private final TimelineState state;

    public TimelineMoves(TimelineState state) {
        this.state = state;
    }

    private long at() {
        return state.marker().map(Target::at).orElse(state.view().from());
    }

    /** By so many steps of the grid; negative is earlier. */
    public void step(int steps) {
        long step = Snapper.step(state.view());
        long at = at();
        long next =
                steps > 0
                        ? Math.floorDiv(at, step) * step + steps * step
                        : Math.ceilDiv(at, step) * step + steps * step;
        long latest = state.data().latest().orElse(Long.MAX_VALUE);
        Target target = next >= latest ? Target.latest(latest) : Target.time(next, "");
        aimFrom(at, target);
    }

    /** A step that a veil would throw back leaps over it, where something lies behind it. */
    private void aimFrom(long at, Target target) {
        Optional<Veil> veil = state.veils().at(target.at());
        boolean later = target.at() > at;
        if (veil.isPresent()) {
            long edge = later ? veil.get().span().to() : veil.get().span().from() - 1;
            boolean end = edge <= Veil.NEVER || edge >= Veil.FOREVER;
            if (!end && state.veils().at(edge).isEmpty()) {
                state.aim(Target.time(edge, ""));
                state.say(Messages.text("timeline.leapt", veil.get().text()));
                state.reveal();
                return;
            }
        }
        state.aim(target);
        state.reveal();
    }

    /** To the commit before or behind; says so when the WAL there has not been read. */
    public void commit(boolean later) {
        OptionalLong commit = later ? state.commits().next(at()) : state.commits().previous(at());
        if (commit.isEmpty()) {
            state.say(Messages.text("timeline.noCommit"));
            return;
        }
        state.aim(Target.time(commit.getAsLong(), Messages.text("timeline.at.commit")));
        state.reveal();
    }

    /** To the next thing in the selected lane. */
    public void item(boolean later) {
        if (state.lane() == Lane.WAL_PRIMARY || state.lane() == Lane.WAL_DR) {
            gap(later);
            return;
        }
        mark(state.data().marksOf(state.lane()), later);
    }

    /** To the end of the next base. */
    public void base(boolean later) {
        mark(state.data().marksOf(Lane.BASES), later);
    }

    private void mark(List<Mark> marks, boolean later) {
        long at = at();
        Optional<Mark> next =
                later
                        ? marks.stream()
                                .filter(mark -> mark.snapAt() > at)
                                .min(Comparator.comparingLong(Mark::snapAt))
                        : marks.stream()
                                .filter(mark -> mark.snapAt() < at)
                                .max(Comparator.comparingLong(Mark::snapAt));
        if (next.isEmpty()) {
            state.say(Messages.text(later ? "timeline.nothingLater" : "timeline.nothingEarlier"));
            return;
        }
        state.aim(Target.of(next.get(), Snapper.label(next.get())));
        state.reveal();
    }

    /** To the last moment before the next gap of some region, the first gap again at the end. */
    public void gap(boolean later) {
        List<GapMark> gaps = state.data().gaps();
        if (gaps.isEmpty()) {
            state.say(Messages.text("timeline.noGap"));
            return;
        }
        long at = at();
        Optional<GapMark> next =
                later
                        ? gaps.stream().filter(gap -> gap.span().from() > at + 1).findFirst()
                        : gaps.reversed().stream()
                                .filter(gap -> gap.span().from() < at)
                                .findFirst();
        GapMark gap = next.orElse(later ? gaps.getFirst() : gaps.getLast());
        state.aim(Target.time(gap.span().from(), Messages.text("timeline.at.gap", gap.files())));
        state.reveal();
    }

    public void oldest() {
        OptionalLong oldest = state.data().oldest();
        if (oldest.isPresent()) {
            state.aim(Target.time(oldest.getAsLong(), Messages.text("timeline.at.oldest")));
            state.reveal();
        }
    }

    public void latest() {
        OptionalLong latest = state.data().latest();
        if (latest.isPresent()) {
            state.aim(Target.latest(latest.getAsLong()));
            state.reveal();
        }
    }

    /** Shows the marker in the middle; when it is there, all from its base to it. */
    public void focus() {
        Viewport view = state.view();
        Viewport centred = view.centred(at());
        if (!centred.equals(view)) {
            state.setView(centred);
            return;
        }
        long at = at();
        state.data().marksOf(Lane.BASES).stream()
                .filter(mark -> mark.snapAt() <= at)
                .max(Comparator.comparingLong(Mark::snapAt))
                .ifPresent(base -> state.setView(view.fitting(new Span(base.at(), at + 1))));
    }

    /** At the marker when it can be seen, else in the middle. */
    public void zoom(boolean in) {
        Viewport view = state.view();
        double x = view.visible().contains(at()) ? view.x(at()) : view.width() / 2;
        state.setView(view.zoomed(x, in ? 1 / ZOOM : ZOOM));
    }

    public void pan(boolean right) {
        Viewport view = state.view();
        state.setView(view.panned((right ? PAN : -PAN) * view.width()));
    }

    /** Everything there is. */
    public void fitAll() {
        state.setView(state.view().fitting(state.data().limits()));
    }

    /** The lane above or below. */
    public void lane(boolean down) {
        List<Lane> lanes = state.data().lanes();
        int index = Math.max(0, lanes.indexOf(state.lane()));
        state.setLane(lanes.get(Math.clamp(index + (down ? 1 : -1), 0, lanes.size() - 1)));
    }
}
