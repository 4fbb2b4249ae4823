package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.rescue.TableReport;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.CommandProblem;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.Order;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a restored copy back into the live database: compared first, then brought back, both by
 * the command. Nothing is written but what was compared, after it was asked for and confirmed.
 * Knows no controls.
 */
public final class RescueViewModel {
    /** What is brought back. */
    enum Deed {
        MISSING,
        MISSING_AND_CHANGED;

        private List<String> options() {
            return switch (this) {
                case MISSING -> List.of("--apply");
                case MISSING_AND_CHANGED -> List.of("--include-changed", "--apply");
            };
        }
    }

    private final ScreenContext context;
    private final StringProperty tables = new SimpleStringProperty("");
    private final ObservableList<TableReport> reports = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper taken = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Deed> asked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper allowed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper inDoubt = new ReadOnlyBooleanWrapper();
    private final ObservableList<String> proposed = FXCollections.observableArrayList();
    private String id = "";
    private RestoreState state = RestoreState.PLANNED;
    private List<String> compared = List.of();
    private Optional<String> comparedWith = Optional.empty();
    private Instant comparedAt = Instant.EPOCH;

    public RescueViewModel(ScreenContext context) {
        this.context = context;
        tables.addListener((_, _, _) -> asked.set(null));
        context.jobs().orders().addListener((ListChangeListener<Order>) _ -> tellOrders());
    }

    private void tellOrders() {
        taken.set(context.jobs().orders().stream().anyMatch(order -> order.restore().equals(id)));
        if (taken.get()) {
            asked.set(null);
        }
    }

    /** Whether rows can be brought back from a copy as it stands. */
    static boolean isAllowed(RestoreView view) {
        boolean readable =
                view.state() == RestoreState.PAUSED || view.state() == RestoreState.PROMOTED;
        return readable && view.plan() instanceof PhysicalPlan && view.connection().isPresent();
    }

    /**
     * Follows a restore; what was found of another one is forgotten. The tables that the live
     * database lacked, as far as that was written down, are proposed once.
     */
    void show(RestoreView view, Optional<DatabaseState> before) {
        if (!view.id().equals(id)) {
            id = view.id();
            forget();
            tables.set("");
            proposed.clear();
            problem.set(null);
            busy.set(false);
            tellOrders();
        }
        if (view.state() != state) {
            state = view.state();
            problem.set(null); // it told of the copy as it was
        }
        propose(view, before);
        allowed.set(isAllowed(view));
        if (!allowed.get()) {
            asked.set(null);
        }
    }

    private void propose(RestoreView view, Optional<DatabaseState> before) {
        List<String> lacking = before.map(live -> Findings.lacking(view, live)).orElse(List.of());
        if (proposed.isEmpty() && !lacking.isEmpty()) {
            proposed.setAll(lacking);
            if (tables.get().isBlank()) {
                tables.set(String.join(", ", lacking));
            }
        }
    }

    private void forget() {
        reports.clear();
        compared = List.of();
        comparedWith = Optional.empty();
        asked.set(null);
        inDoubt.set(false);
    }

    /** The live database, as {@code DATABASE@HOST:PORT}; empty when none is set. */
    Optional<String> live() {
        return context.services().profile().database();
    }

    /** The tables that are typed now. */
    private List<String> typed() {
        return Arrays.stream(tables.get().split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The command that compares what is typed now; without an end while nothing is typed. */
    List<String> command() {
        return words(typed(), List.of());
    }

    private List<String> words(List<String> names, List<String> options) {
        List<String> words = new ArrayList<>(List.of("rescue", id));
        names.forEach(name -> words.addAll(List.of("--table", name)));
        words.addAll(options);
        return words;
    }

    /** Whether there is something to compare. */
    boolean canCompare() {
        return allowed.get() && !taken.get() && live().isPresent() && !typed().isEmpty();
    }

    /** Compares the tables that are typed; the live database is only read. */
    public void compare() {
        if (!canCompare()) {
            return;
        }
        List<String> names = typed();
        Optional<String> with = live();
        forget();
        run(
                new Order(
                        Messages.text("rescue.job.compare", String.join(", ", names)),
                        words(names, List.of()),
                        id,
                        Order.Effect.READS),
                answer -> {
                    compared = names;
                    comparedWith = with;
                    comparedAt = context.times().clock().instant();
                    reports.setAll(answer);
                });
    }

    /**
     * Whether the comparison that is shown left something for this deed: one of the tables that are
     * typed now, with the database that is the live one now.
     */
    boolean canBring(Deed deed) {
        boolean fresh =
                !compared.isEmpty() && compared.equals(typed()) && comparedWith.equals(live());
        boolean untouched = reports.stream().allMatch(report -> report.applied().isEmpty());
        long rows = deed == Deed.MISSING ? missing() + dropped() : changed();
        return allowed.get() && !taken.get() && fresh && untouched && rows > 0;
    }

    /** Asks whether it is meant. */
    public void ask(Deed deed) {
        if (canBring(deed)) {
            asked.set(deed);
        }
    }

    /** Takes the question back. */
    public void leave() {
        asked.set(null);
    }

    /** What is about to be written, and where: a question for people. Empty when none is open. */
    Optional<String> question() {
        String where = live().orElse("");
        return Optional.ofNullable(asked.get())
                .map(
                        deed ->
                                deed == Deed.MISSING
                                        ? Messages.text("rescue.ask.missing", missing(), where)
                                        : Messages.text(
                                                "rescue.ask.changed", missing(), changed(), where));
    }

    /** The command of the open question; empty when none is open. */
    Optional<List<String>> askedCommand() {
        return Optional.ofNullable(asked.get()).map(deed -> words(compared, deed.options()));
    }

    /** Whether this is the name of the live database, as the question has it. */
    boolean names(String text) {
        return comparedWith.isPresent() && comparedWith.get().equals(text.strip());
    }

    /**
     * Does what was asked about: the tables that were compared, and no other, in the database they
     * were compared with, once its name was typed.
     */
    public void confirm(String text) {
        Deed deed = asked.get();
        if (deed == null || !canBring(deed) || !names(text)) {
            return;
        }
        List<String> words = words(compared, deed.options());
        String title = Messages.text("rescue.job.bring", String.join(", ", compared));
        forget();
        inDoubt.set(true); // until the command tells what it did
        run(
                new Order(title, words, id, Order.Effect.FINAL),
                answer -> {
                    inDoubt.set(false);
                    reports.setAll(answer);
                });
    }

    private interface Taking {
        void of(List<TableReport> answer);
    }

    private void run(Order order, Taking taking) {
        String acted = id;
        busy.set(true);
        problem.set(null);
        context.jobs()
                .start(
                        order,
                        ended -> {
                            if (acted.equals(id)) {
                                busy.set(false);
                                take(ended, taking);
                            }
                        },
                        cause -> {
                            if (acted.equals(id)) {
                                busy.set(false);
                                problem.set(cause);
                            }
                        });
    }

    private void take(Jobs.Ended ended, Taking taking) {
        Optional<Problem> stopped = CommandProblem.of(ended);
        if (stopped.isPresent()) {
            problem.set(stopped.get());
            return;
        }
        try {
            taking.of(RescueAnswer.read(ended.results()));
        } catch (RecoveryException unreadable) {
            problem.set(unreadable.problem());
        }
    }

    private long missing() {
        return reports.stream().mapToLong(TableReport::missing).sum();
    }

    private long changed() {
        return reports.stream().mapToLong(TableReport::changed).sum();
    }

    private long dropped() {
        return reports.stream()
                .filter(report -> report.state() == TableReport.State.DROPPED)
                .count();
    }

    /** The tables that the live database lacked before the restore; empty where nobody knows. */
    ObservableList<String> getProposed() {
        return proposed;
    }

    /** Where each run leaves what it did and what takes it back. */
    Path scripts() {
        return context.services().folder(id).resolve("rescue");
    }

    /** When the tables that are shown were compared. */
    Instant comparedAt() {
        return comparedAt;
    }

    public ObservableList<TableReport> getReports() {
        return reports;
    }

    public StringProperty tablesProperty() {
        return tables;
    }

    public ReadOnlyObjectProperty<Deed> askedProperty() {
        return asked.getReadOnlyProperty();
    }

    /** Whether the copy can be read now. */
    public ReadOnlyBooleanProperty allowedProperty() {
        return allowed.getReadOnlyProperty();
    }

    /** Whether a command works on the copy, this one's or another. */
    ReadOnlyBooleanProperty takenProperty() {
        return taken.getReadOnlyProperty();
    }

    public boolean isBusy() {
        return busy.get();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Whether something was to be brought back and it is not known what was. */
    public boolean isInDoubt() {
        return inDoubt.get();
    }

    public ReadOnlyBooleanProperty inDoubtProperty() {
        return inDoubt.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
