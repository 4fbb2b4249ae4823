package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.timeline.model.CommitTimes;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimelineState;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The commits around the marker, one by one, to stop before or after exactly one of them. They are
 * read from the WAL when the drawer is opened or asked for again; from then on the marker snaps to
 * them. FX thread only.
 */
public final class FineTuneViewModel {
    static final int EACH = 200;

    private final TaskRunner tasks;
    private final TimelineState state;
    private final ObservableList<NearCommit> commits = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper outdated = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Map<Lsn, Touched>> touched =
            new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<Naming> naming = new ReadOnlyObjectWrapper<>(Naming.DONE);
    private Optional<CommitReader> reader = Optional.empty();
    private TouchReader touches = (_, _, _) -> Map.of();
    private TaskRunner.Running running = () -> {};
    private TaskRunner.Running namingNow = () -> {};
    private boolean open;

    /** How far it is known what the commits touched. */
    public enum Naming {
        UNDER_WAY,
        DONE,
        FAILED
    }

    FineTuneViewModel(TaskRunner tasks, TimelineState state) {
        this.tasks = tasks;
        this.state = state;
    }

    void use(CommitReader newer, TouchReader newerTouches) {
        reader = Optional.of(newer);
        touches = newerTouches;
        outdated.set(!commits.isEmpty());
    }

    /** The marker stands elsewhere: commits that do not reach there are out of date. */
    void moved() {
        Optional<Target> marker = state.marker();
        if (!open || commits.isEmpty() || marker.isEmpty()) {
            return;
        }
        long first = Micros.of(commits.getFirst().time());
        long last = Micros.of(commits.getLast().time());
        outdated.set(marker.get().at() < first || marker.get().at() > last);
    }

    /** Shown from now on; reads unless what is there reaches the marker. */
    public void open() {
        open = true;
        moved();
        if (commits.isEmpty() || outdated.get()) {
            read();
        }
    }

    public void close() {
        open = false;
    }

    /** Reads the WAL around the marker; an older reading under way is given up. */
    public void read() {
        Optional<Target> marker = state.marker();
        if (reader.isEmpty() || marker.isEmpty()) {
            return;
        }
        running.cancel();
        namingNow.cancel();
        naming.set(Naming.DONE);
        reading.set(true);
        problem.set(null);
        long at = marker.get().at();
        CommitReader archive = reader.get();
        running =
                tasks.run(
                        cancel -> archive.around(at, EACH, cancel),
                        found -> show(at, found),
                        this::fail);
    }

    private void show(long at, List<NearCommit> found) {
        reading.set(false);
        outdated.set(false);
        touched.set(Map.of());
        commits.setAll(found);
        if (!found.isEmpty()) {
            long[] times = found.stream().mapToLong(one -> Micros.of(one.time())).toArray();
            state.setCommits(
                    CommitTimes.of(
                            times,
                            new Span(times[0], Math.max(times[0], times[times.length - 1]))));
            name(at);
        }
    }

    /** The commits are there to choose from while it is found out what they touched. */
    private void name(long at) {
        naming.set(Naming.UNDER_WAY);
        TouchReader reads = touches;
        namingNow =
                tasks.run(
                        cancel -> reads.around(at, EACH, cancel),
                        named -> {
                            touched.set(named);
                            naming.set(Naming.DONE);
                        },
                        _ -> naming.set(Naming.FAILED));
    }

    private void fail(Problem cause) {
        reading.set(false);
        problem.set(cause);
    }

    /** Puts the marker just before or just after a commit. */
    public void stop(NearCommit commit, boolean after) {
        state.aim(after ? commit.after() : commit.before());
        state.reveal();
    }

    /** The last commit at or before the marker; empty when there is none. */
    public OptionalInt nearest() {
        long at = state.marker().map(Target::at).orElse(Long.MIN_VALUE);
        int found = -1;
        for (int i = 0; i < commits.size(); i++) {
            if (Micros.of(commits.get(i).time()) <= at) {
                found = i;
            }
        }
        return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /** What a commit touched, as far as it is known by now. */
    Touched touched(NearCommit commit) {
        return touched.get().getOrDefault(commit.start(), Touched.unknown());
    }

    public ReadOnlyObjectProperty<Map<Lsn, Touched>> touchedProperty() {
        return touched.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Naming> namingProperty() {
        return naming.getReadOnlyProperty();
    }

    public ObservableList<NearCommit> commits() {
        return commits;
    }

    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** Whether the marker stands where these commits do not reach. */
    public ReadOnlyBooleanProperty outdatedProperty() {
        return outdated.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
