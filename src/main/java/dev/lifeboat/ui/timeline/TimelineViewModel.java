package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.SnapTo;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimeInput;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.TimelineState.Change;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.util.Optional;

/**
 * State of the timeline screen. While the marker is dragged, one answer at a time is asked for and
 * the next one only when it came: the last place the marker was at is always answered, and nothing
 * piles up. What was loaded last stays when a refresh fails. FX thread only.
 */
public final class TimelineViewModel {
    /** How often more WAL is read by itself: a year of it is the command's to read. */
    private static final int MOST_ROUNDS = 40;

    private final TimelineSource source;
    private final TaskRunner tasks;
    private final TimeText times;
    private final Navigator navigator;
    private final TimeAxis axis;
    private final TimelineState state;
    private final FineTuneViewModel fineTune;
    private final FinderViewModel finder;
    private final EventTable events;
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper planAllowed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> asOf = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper targetUtc = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper targetLocal = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper targetNote = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Answers> answers =
            new ReadOnlyObjectWrapper<>(Answers.none());
    private final ObservableList<String> partial = FXCollections.observableArrayList();
    private Optional<TimelineSource.Loaded> found = Optional.empty();
    private Optional<Target> asked = Optional.empty();
    private boolean asking;
    private int rounds;

    public TimelineViewModel(
            TimelineSource source, TaskRunner tasks, TimeText times, Navigator navigator) {
        this.source = source;
        this.tasks = tasks;
        this.times = times;
        this.navigator = navigator;
        this.axis = new TimeAxis(times.zone());
        this.state = new TimelineState(Micros.of(times.clock().instant()));
        this.fineTune = new FineTuneViewModel(tasks, state);
        this.finder = new FinderViewModel(tasks, state);
        this.events = new EventTable(state);
        state.listen(this::changed);
    }

    /** Asks both regions anew; what is shown stays until the answer comes. */
    public void refresh() {
        rounds = MOST_ROUNDS;
        load();
    }

    private void load() {
        if (loading.get()) {
            return;
        }
        loading.set(true);
        problem.set(null);
        tasks.run(source::load, this::show, this::fail);
    }

    private void show(TimelineSource.Loaded newer) {
        loading.set(false);
        loaded.set(true);
        found = Optional.of(newer);
        asOf.set(Micros.instant(newer.data().asOf()));
        partial.setAll(newer.data().notices());
        empty.set(newer.data().isEmpty());
        fineTune.use(newer.reader(), newer.touches());
        asked = Optional.empty();
        finder.use(newer.finder());
        state.show(finder.with(newer.data()));
        state.setCommits(newer.commits());
        readMore();
    }

    /** What nobody has read yet is read while the picture is looked at, the newest first. */
    private void readMore() {
        if (rounds > 0) {
            rounds--;
            tasks.run(source::readMore, this::readSome, _ -> rounds = 0);
        }
    }

    private void readSome(boolean any) {
        if (any) {
            load();
        } else {
            rounds = 0;
        }
    }

    private void fail(Problem cause) {
        loading.set(false);
        problem.set(cause);
    }

    private void changed(Change change) {
        notice.set(state.notice());
        if (change == Change.DATA) {
            events.rebuild();
        }
        if (change == Change.MARKER) {
            describe();
            fineTune.moved();
            ask();
        }
    }

    private void describe() {
        Optional<Target> marker = state.marker();
        planAllowed.set(marker.isPresent() && navigator.has(Destination.RESTORE));
        targetUtc.set(
                marker.map(target -> TimeAxis.utc(target.at()))
                        .orElse(loaded.get() ? Messages.text("timeline.noTarget") : ""));
        targetLocal.set(marker.map(target -> axis.local(target.at())).orElse(""));
        targetNote.set(marker.map(this::note).orElse(""));
    }

    /** How far before the end, and what it was drawn to. */
    private String note(Target target) {
        long before = state.data().latest().orElse(target.at()) - target.at();
        String place =
                before <= 0
                        ? Messages.text("timeline.atLatest")
                        : Messages.text("timeline.beforeLatest", Micros.length(before));
        boolean named = !target.label().isEmpty() && !target.isTheEnd();
        return named ? place + "  ·  " + target.label() : place;
    }

    private void ask() {
        Optional<Target> wanted = state.marker();
        if (asking || found.isEmpty() || wanted.isEmpty() || wanted.equals(asked)) {
            return;
        }
        asking = true;
        asked = wanted;
        TargetSolver solver = found.get().solver();
        tasks.run(
                cancel -> solver.answer(wanted.get(), cancel),
                this::answered,
                cause -> answered(new Answers("", cause.what() + " " + cause.why(), "", "")));
    }

    private void answered(Answers answer) {
        asking = false;
        answers.set(answer);
        ask();
    }

    /**
     * Puts the marker at a time that was typed or pasted.
     *
     * @return whether it was understood; the notice says what it was taken for, or why not
     */
    public boolean type(String text) {
        try {
            TimeInput.Parsed parsed =
                    new TimeInput(times.clock().instant(), times.zone()).parse(text);
            state.put(Micros.of(parsed.instant()), false);
            state.reveal();
            if (!parsed.note().isEmpty()) {
                String understood = Messages.text("timeline.understood", parsed.note());
                state.say(
                        state.notice().isEmpty()
                                ? understood
                                : understood + "  ·  " + state.notice());
            }
            return true;
        } catch (RecoveryException unreadable) {
            Problem cause = unreadable.problem();
            state.say(cause.what() + " " + cause.why() + " " + cause.remedy());
            return false;
        }
    }

    /** Shows an instant somebody came from another screen with. */
    public void show(Instant at) {
        state.put(Micros.of(at), true);
        state.reveal();
    }

    public void snapTo(SnapTo mode) {
        state.setSnapTo(mode);
    }

    /** Hands the target to the restore screen. */
    public void plan() {
        if (planAllowed.get()) {
            state.marker()
                    .map(Target::recovery)
                    .ifPresent(target -> navigator.restore(RestoreIntent.to(target)));
        }
    }

    /** The target as the command line takes it. */
    public String command() {
        return state.marker().map(Target::recovery).map(TimelineViewModel::options).orElse("");
    }

    private static String options(RecoveryTarget target) {
        String option =
                switch (target.kind()) {
                    case TIME -> "--target-time " + target.value();
                    case LSN -> "--target-lsn " + target.value();
                    case XID -> "--target-xid " + target.value();
                    case NAME -> "--target-name '" + target.value() + "'";
                    case LATEST -> "--target latest";
                    case IMMEDIATE -> "--target immediate";
                };
        return "lifeboat restore latest " + option + (target.inclusive() ? "" : " --exclusive");
    }

    public TimelineState state() {
        return state;
    }

    public FineTuneViewModel fineTune() {
        return fineTune;
    }

    public FinderViewModel finder() {
        return finder;
    }

    public EventTable events() {
        return events;
    }

    public TimeText times() {
        return times;
    }

    /** What is incomplete about what is shown, full sentences. */
    public ObservableList<String> getPartial() {
        return partial;
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public boolean isLoading() {
        return loading.get();
    }

    /** Whether there was an answer yet, however poor. */
    public ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty planAllowedProperty() {
        return planAllowed.getReadOnlyProperty();
    }

    public boolean isPlanAllowed() {
        return planAllowed.get();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Instant> asOfProperty() {
        return asOf.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty targetUtcProperty() {
        return targetUtc.getReadOnlyProperty();
    }

    public String getTargetUtc() {
        return targetUtc.get();
    }

    public ReadOnlyStringProperty targetLocalProperty() {
        return targetLocal.getReadOnlyProperty();
    }

    public String getTargetLocal() {
        return targetLocal.get();
    }

    public ReadOnlyStringProperty targetNoteProperty() {
        return targetNote.getReadOnlyProperty();
    }

    public String getTargetNote() {
        return targetNote.get();
    }

    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    public String getNotice() {
        return notice.get();
    }

    public ReadOnlyObjectProperty<Answers> answersProperty() {
        return answers.getReadOnlyProperty();
    }
}
