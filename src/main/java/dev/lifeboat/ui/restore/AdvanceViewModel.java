package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.timeline.TimelineSource;
import dev.lifeboat.ui.timeline.TimelineViewModel;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.SnapTo;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimelineState;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a paused copy goes on to, chosen on the timeline. A ghost marker stands where the copy
 * stands; what lies before it needs a new restore, which is offered instead. Knows no controls.
 */
public final class AdvanceViewModel {
    /** Where the marker lies, seen from where the copy stands. */
    enum Direction {
        /** There is no marker, none on a timeline that was read, or it stands where the copy is. */
        NONE,
        /** It can go on to there. */
        LATER,
        /** Replay does not go back. */
        EARLIER,
        /** It is not known when the copy stands; the command looks at its position in the WAL. */
        UNKNOWN
    }

    private final ScreenContext context;
    private final RunViewModel run;
    private final TimelineViewModel timeline;
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Direction> direction =
            new ReadOnlyObjectWrapper<>(Direction.NONE);
    private String id = "";
    private boolean standing;
    private Optional<Instant> reached = Optional.empty();

    /**
     * @param source of the profile the restore belongs to
     */
    AdvanceViewModel(ScreenContext context, RunViewModel run, TimelineSource source) {
        this.context = context;
        this.run = run;
        this.timeline =
                new TimelineViewModel(
                        source, context.tasks(), context.times(), context.navigator());
        timeline.state().listen(this::changed);
    }

    /** Follows a restore; the choice is put away when it does not wait any more. */
    void show(RestoreView view) {
        boolean another = !view.id().equals(id);
        boolean moved = !view.reachedAt().equals(reached);
        id = view.id();
        reached = view.reachedAt();
        if (another || view.state() != RestoreState.PAUSED) {
            open.set(false);
        }
        if (moved && open.get()) {
            standAtTheCopy();
        }
        direction.set(compare());
    }

    /** Shows the timeline, asked anew. */
    public void open() {
        open.set(true);
        standing = false;
        timeline.refresh();
    }

    public void close() {
        open.set(false);
    }

    /** Both markers at the copy, once there is a timeline to stand on. */
    private void standAtTheCopy() {
        standing = timeline.loadedProperty().get();
        TimelineState state = timeline.state();
        SnapTo wished = state.snapTo();
        state.setSnapTo(SnapTo.NOTHING);
        state.clearGhost();
        reached.map(Micros::of)
                .ifPresent(
                        at -> {
                            state.put(at, false);
                            state.setGhost(at);
                            state.reveal();
                        });
        state.setSnapTo(wished);
        direction.set(compare());
    }

    private void changed(TimelineState.Change change) {
        if (change == TimelineState.Change.DATA && !standing && open.get()) {
            standAtTheCopy();
        }
        direction.set(compare());
    }

    private Direction compare() {
        Optional<Target> marker = timeline.state().marker();
        boolean known = timeline.loadedProperty().get() && !timeline.emptyProperty().get();
        if (!known || marker.isEmpty()) {
            return Direction.NONE;
        }
        if (reached.isEmpty()) {
            return Direction.UNKNOWN;
        }
        int way = Long.compare(marker.get().at(), Micros.of(reached.get()));
        if (way == 0) {
            return Direction.NONE;
        }
        return way < 0 ? Direction.EARLIER : Direction.LATER;
    }

    /** Whether it can be asked to go on to the marker. */
    boolean canGoOn() {
        boolean ahead = direction.get() == Direction.LATER || direction.get() == Direction.UNKNOWN;
        return open.get() && ahead && run.getBusy().isEmpty();
    }

    /** Goes on to the marker: the command looks once more whether that lies ahead. */
    public void goOn() {
        if (canGoOn()) {
            target().ifPresent(to -> run.act(RunActions.ADVANCE, TargetChoice.options(to)));
        }
    }

    /** Begins a new restore to the marker; the copy stays as it is. */
    public void restoreAnew() {
        if (direction.get() == Direction.EARLIER) {
            timeline.plan();
        }
    }

    private Optional<RecoveryTarget> target() {
        return timeline.state().marker().map(Target::recovery);
    }

    /** When the copy stands, for people; empty when that is not known. */
    Optional<String> stands() {
        return reached.map(context.times()::both);
    }

    public TimelineViewModel getTimeline() {
        return timeline;
    }

    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Direction> directionProperty() {
        return direction.getReadOnlyProperty();
    }
}
