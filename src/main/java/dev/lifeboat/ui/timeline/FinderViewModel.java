package dev.lifeboat.ui.timeline;

import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The search for what hurt. Found transactions are listed as they come; the result takes their
 * place and says what was read: what lies outside is not said to be unharmed. They stay when the
 * timeline is refreshed. FX thread only.
 */
public final class FinderViewModel {
    private final TaskRunner tasks;
    private final TimelineState state;
    private final ObservableList<Damage> found = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper searching = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper status =
            new ReadOnlyStringWrapper(Messages.text("timeline.finder.notYet"));
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper harmless = new ReadOnlyBooleanWrapper();
    private Optional<DamageFinder> finder = Optional.empty();
    private Progress progress = Progress.unwatched();
    private TaskRunner.Running running = () -> {};
    private int search;
    private boolean wanted;

    FinderViewModel(TaskRunner tasks, TimelineState state) {
        this.tasks = tasks;
        this.state = state;
        note(Messages.text("timeline.finder.notYet"));
    }

    void use(DamageFinder newer) {
        finder = Optional.of(newer);
        ready.set(true);
        if (wanted) {
            open();
        }
    }

    /**
     * Who opens the search wants to know: unless it was searched before, what is shown is searched,
     * as soon as it is known what there is.
     */
    public void open() {
        wanted = search == 0 && finder.isEmpty();
        if (search == 0) {
            search(true, "", Optional.empty());
        }
    }

    /** Whether all that was asked for was searched to its end, and nothing was found. */
    ReadOnlyBooleanProperty harmlessProperty() {
        return harmless.getReadOnlyProperty();
    }

    /** Whether it is known what there is to search; until then {@link #search} does nothing. */
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** The data with what was found before; as they are while nothing was searched. */
    TimelineData with(TimelineData data) {
        return search == 0 ? data : marked(data);
    }

    private TimelineData marked(TimelineData data) {
        return data.withMarks(Set.of(Mark.Kind.DAMAGE), found.stream().map(Damage::mark).toList());
    }

    /**
     * Begins; a search under way is given up.
     *
     * @param onlyShown whether only the time that is shown is searched
     * @param relation blank: any
     * @param kind empty: all
     */
    public void search(boolean onlyShown, String relation, Optional<HarmKind> kind) {
        if (finder.isEmpty()) {
            return;
        }
        running.cancel();
        int number = ++search;
        found.clear();
        harmless.set(false);
        problem.set(null);
        searching.set(true);
        progress = new Progress();
        FindRequest request = request(onlyShown, relation.strip(), kind);
        Progress counting = progress;
        DamageFinder wal = finder.get();
        running =
                tasks.run(
                        cancel ->
                                wal.find(
                                        request,
                                        one -> tasks.inForeground(() -> add(number, one)),
                                        counting,
                                        cancel),
                        this::show,
                        this::fail);
        tick();
    }

    private FindRequest request(boolean onlyShown, String relation, Optional<HarmKind> kind) {
        Span shown = state.view().visible();
        Optional<Instant> from = Optional.of(shown.from()).map(Micros::instant);
        Optional<Instant> to = Optional.of(shown.to()).map(Micros::instant);
        return new FindRequest(
                onlyShown ? from : Optional.empty(),
                onlyShown ? to : Optional.empty(),
                relation.isEmpty() ? Optional.empty() : Optional.of(relation),
                kind.map(Set::of).orElse(Set.of()),
                relation.isEmpty() ? FindRequest.MANY_ROWS : 1);
    }

    /** What an older search still tells of is not listed among the newer one's. */
    private void add(int number, FoundTransaction one) {
        if (number == search && searching.get()) {
            found.add(new Damage(one));
        }
    }

    private void show(FindResult result) {
        found.setAll(result.transactions().stream().map(Damage::new).toList());
        searching.set(false);
        harmless.set(found.isEmpty() && result.scanned().complete());
        String text = told(result);
        status.set(result.notes().isEmpty() ? text : text + " " + String.join(" ", result.notes()));
        note(text);
        state.show(marked(state.data()));
    }

    private static String told(FindResult result) {
        FindResult.Scanned scanned = result.scanned();
        if (scanned.from().isEmpty() || scanned.to().isEmpty()) {
            return Messages.text("timeline.finder.nothingRead");
        }
        String key = scanned.complete() ? "timeline.finder.done" : "timeline.finder.incomplete";
        return Messages.text(
                key,
                result.transactions().size(),
                utc(scanned.from().get()),
                utc(scanned.to().get()));
    }

    private static String utc(Instant at) {
        return TimeAxis.utc(Micros.of(at) / Micros.SECOND * Micros.SECOND);
    }

    private void fail(Problem cause) {
        searching.set(false);
        status.set(Messages.text("timeline.finder.failed"));
        problem.set(cause);
    }

    /** Gives the search up; what was found so far stays listed. */
    public void stop() {
        running.cancel();
        search++;
        searching.set(false);
        String text = Messages.text("timeline.finder.stopped");
        status.set(text);
        note(text);
        state.show(marked(state.data()));
    }

    /** Says in the lane why it is empty. */
    private void note(String text) {
        state.setDamageNote(text);
    }

    /** Writes how far the search is. */
    public void tick() {
        if (searching.get()) {
            long total = progress.total();
            status.set(
                    total == 0
                            ? Messages.text("timeline.finder.begun")
                            : Messages.text(
                                    "timeline.finder.reading",
                                    ByteSize.format(progress.done()),
                                    ByteSize.format(total),
                                    progress.done() * 100 / total));
        }
    }

    /** Puts the marker just before it. */
    public void aim(Damage damage) {
        state.aim(damage.before());
        state.reveal();
    }

    public ObservableList<Damage> found() {
        return found;
    }

    /** The kinds one can look for. */
    public List<HarmKind> kinds() {
        return List.of(HarmKind.values());
    }

    public ReadOnlyBooleanProperty searchingProperty() {
        return searching.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
