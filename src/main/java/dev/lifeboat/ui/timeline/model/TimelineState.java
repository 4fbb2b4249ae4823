package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.ui.Messages;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the timeline shows now, and where its marker stands. Everything that moves the marker goes
 * through here, so that it never rests where nothing can be recovered. For one thread.
 */
public final class TimelineState {
    /** What has become different. */
    public enum Change {
        DATA,
        VIEW,
        MARKER,
        LANE,
        NOTICE
    }

    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final MarkerHistory history = new MarkerHistory();
    private TimelineData data;
    private Veils veils;
    private Viewport view;
    private CommitTimes commits = CommitTimes.none();
    private Optional<Target> marker = Optional.empty();
    private Optional<Target> ghost = Optional.empty();
    private OptionalLong lowest = OptionalLong.empty();
    private SnapTo snapTo = SnapTo.EVERYTHING;
    private Lane lane = Lane.BASES;
    private boolean locked;
    private String notice = "";
    private String damageNote = "";
    private String lowestWhy = "";

    /**
     * @param asOf the moment at which nothing is known yet
     */
    public TimelineState(long asOf) {
        data = TimelineData.empty(asOf);
        veils = data.veils();
        view = Viewport.all(data.limits(), 1000);
    }

    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    public void ignore(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    public TimelineData data() {
        return data;
    }

    /** What cannot be recovered to, the lower bound included. */
    public Veils veils() {
        return veils;
    }

    public Viewport view() {
        return view;
    }

    /** Empty while nothing can be recovered to. */
    public Optional<Target> marker() {
        return marker;
    }

    /** A second place to compare the marker with. */
    public Optional<Target> ghost() {
        return ghost;
    }

    public SnapTo snapTo() {
        return snapTo;
    }

    public Lane lane() {
        return lane;
    }

    public boolean isLocked() {
        return locked;
    }

    /** What the last act led to, for people; empty when there is nothing to say. */
    public String notice() {
        return notice;
    }

    /** Why the lane of damage is empty, when it is. */
    public String damageNote() {
        return damageNote;
    }

    public void setDamageNote(String text) {
        damageNote = text;
        tell(Change.LANE);
    }

    /** The commits that are known one by one. */
    public CommitTimes commits() {
        return commits;
    }

    /** No target before this time: a paused server has replayed so far already. */
    public void setLowest(long time, String why) {
        lowest = OptionalLong.of(time);
        lowestWhy = why;
        show(data);
    }

    /**
     * Shows other data. What is looked at and the marker stay where they are, but who looks at all
     * of it goes on to do so, and a marker at the end of the archive stays at its end; the first
     * data that can be recovered from are shown whole, the marker at their end.
     */
    public void show(TimelineData newer) {
        boolean whole = data.isEmpty() || view.equals(Viewport.all(data.limits(), view.width()));
        data = newer;
        veils =
                lowest.isPresent()
                        ? newer.veils().from(lowest.getAsLong(), lowestWhy)
                        : newer.veils();
        view = whole ? Viewport.all(newer.limits(), view.width()) : view.within(newer.limits());
        tell(Change.DATA);
        // whoever chose the end chose all there is, not the instant it had reached by then
        if (marker.isEmpty() || marker.get().isTheEnd()) {
            newer.latest().ifPresent(latest -> rest(Target.latest(latest)));
        } else {
            restAgain(marker.get());
        }
        release();
    }

    /** Newer data that leave it where it is do not take away what was said of how it came there. */
    private void restAgain(Target where) {
        String said = notice;
        rest(where);
        if (marker.equals(Optional.of(where)) && notice.isEmpty()) {
            say(said);
        }
    }

    public void setCommits(CommitTimes known) {
        commits = known;
        tell(Change.DATA);
    }

    public void setSnapTo(SnapTo mode) {
        snapTo = mode;
        tell(Change.NOTICE);
    }

    public void setView(Viewport newer) {
        if (!newer.equals(view)) {
            view = newer;
            tell(Change.VIEW);
        }
    }

    public void setLane(Lane selected) {
        lane = selected;
        tell(Change.LANE);
    }

    /** Keeps the marker where it is until it is unlocked. */
    public void setLocked(boolean keep) {
        locked = keep;
        say(Messages.text(keep ? "timeline.locked" : "timeline.unlocked"));
    }

    /** Says something that is not the marker's doing. */
    public void say(String text) {
        notice = text;
        tell(Change.NOTICE);
    }

    /** Moves the marker to where it was put, drawn to what is near; nothing is remembered yet. */
    public void drag(long time, boolean snapped) {
        SnapTo mode = snapped ? snapTo : SnapTo.NOTHING;
        place(new Snapper(data, commits).snap(time, view, mode));
    }

    /** Remembers where the marker was let go. */
    public void release() {
        marker.ifPresent(history::add);
    }

    /** Puts the marker at a time and leaves it there. */
    public void put(long time, boolean snapped) {
        drag(time, snapped);
        release();
    }

    /** Puts the marker at exactly this target, or as near as can be recovered. */
    public void aim(Target target) {
        place(target);
        release();
    }

    private void place(Target wanted) {
        if (locked && marker.isPresent() && !wanted.equals(marker.get())) {
            say(Messages.text("timeline.isLocked"));
            return;
        }
        rest(wanted);
    }

    private void rest(Target wanted) {
        Optional<Veils.Rest> rest = veils.rest(wanted.at());
        marker = rest.map(found -> found.moved().isEmpty() ? wanted : moved(found.at()));
        notice = rest.flatMap(Veils.Rest::moved).orElse("");
        tell(Change.MARKER);
    }

    /**
     * The instant, even at the end of the archive: whoever wished for a time does not get what is
     * archived later.
     */
    private static Target moved(long at) {
        return Target.time(at, "");
    }

    /** Puts the second marker there, or takes it away where it stands already. */
    public void setGhost(long time) {
        Target target = new Snapper(data, commits).snap(time, view, snapTo);
        Optional<Veils.Rest> rest = veils.rest(target.at());
        Optional<Target> placed =
                rest.map(found -> found.moved().isEmpty() ? target : moved(found.at()));
        ghost = placed.equals(ghost) ? Optional.empty() : placed;
        tell(Change.MARKER);
    }

    public void clearGhost() {
        ghost = Optional.empty();
        tell(Change.MARKER);
    }

    /** The marker's place before; false when there is none. */
    public boolean back() {
        return history.hasBack() && revisit(history.back());
    }

    /** The place the marker was taken back from. */
    public boolean forward() {
        return history.hasForward() && revisit(history.forward());
    }

    private boolean revisit(Optional<Target> earlier) {
        earlier.ifPresent(
                target -> {
                    place(target);
                    reveal();
                });
        return earlier.isPresent();
    }

    /** Scrolls until the marker can be seen. */
    public void reveal() {
        marker.ifPresent(target -> setView(view.revealing(target.at())));
    }
}
