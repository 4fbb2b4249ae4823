package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.ShellWords;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.CommandProblem;
import dev.lifeboat.ui.task.Order;
import dev.lifeboat.ui.task.Ticker;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One restore, whoever started it: what its journal says, how far its process is, and what can be
 * done with it. Asks twice a second while it is shown. Knows no controls.
 */
public final class RunViewModel {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ScreenContext context;
    private final ReadOnlyObjectWrapper<RestoreView> view = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<RunActions> missed = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper busy = new ReadOnlyStringWrapper("");
    private final ObservableList<LogLine> log = FXCollections.observableArrayList();
    private RunPace pace = new RunPace();
    private Optional<RestoreSample> sample = Optional.empty();
    private Optional<DatabaseState> before = Optional.empty();
    private String id = "";
    private boolean asking;
    private boolean aborting;
    private Ticker.Ticking ticking = () -> {};

    public RunViewModel(ScreenContext context) {
        this.context = context;
        context.jobs().orders().addListener((ListChangeListener<Order>) _ -> tellOrders());
    }

    /** The commands of this window that work on the restore, whoever pressed for them, and when. */
    private List<Order> orders() {
        return context.jobs().orders().stream()
                .filter(order -> order.restore().equals(id))
                .toList();
    }

    private void tellOrders() {
        List<Order> under = orders();
        busy.set(under.isEmpty() ? "" : "lifeboat " + ShellWords.line(under.getLast().arguments()));
    }

    /** Shows another restore. */
    public void show(String restore) {
        id = restore;
        view.set(null);
        problem.set(null);
        tellOrders();
        log.clear();
        pace = new RunPace();
        sample = Optional.empty();
        before = Optional.empty();
        asking = false;
        aborting = false;
        missed.set(null);
        context.tasks()
                .run(
                        _ -> context.services().documented(restore),
                        found -> before = restore.equals(id) ? found : before,
                        problem::set);
        look();
    }

    /**
     * Shows a restore and starts its process: what stops it early is told, whether or not there is
     * a job by then.
     */
    public void start(String restore, List<String> words) {
        show(restore);
        run(
                new Order(
                        Messages.text("job.restore", restore),
                        words,
                        restore,
                        Order.Effect.RESUMABLE));
    }

    private void run(Order order) {
        problem.set(null);
        context.jobs()
                .start(
                        order,
                        ended -> done(order, CommandProblem.of(ended, ifKilled(order))),
                        cause -> done(order, Optional.of(cause)));
    }

    private static String ifKilled(Order order) {
        return order.effect() == Order.Effect.RESUMABLE
                ? Messages.text("run.killed.resume")
                : Messages.text("run.killed.look");
    }

    private void done(Order order, Optional<Problem> stopped) {
        if (order.restore().equals(id)) {
            stopped.ifPresent(problem::set);
            boolean refused = stopped.isPresent() && !order.writes();
            aborting = aborting && !refused;
            look();
        }
    }

    /** Begins to ask again and again. */
    public void activate() {
        ticking.close();
        ticking = context.ticker().every(LOOK, this::look);
        look();
    }

    public void deactivate() {
        ticking.close();
    }

    private record Seen(String id, Optional<RestoreView> view, Optional<RestoreSample> sample) {}

    private void look() {
        if (asking || id.isEmpty()) {
            return;
        }
        asking = true;
        String asked = id;
        context.tasks().run(_ -> seen(asked), this::take, this::fail);
    }

    private Seen seen(String asked) throws RecoveryException {
        try {
            RestoreView found = context.services().restore(asked);
            boolean worked = found.state() == RestoreState.RUNNING;
            return new Seen(
                    asked,
                    Optional.of(found),
                    worked ? context.services().sample(asked) : Optional.empty());
        } catch (RecoveryException unknown) {
            if (unknown.code() == ProblemCode.JOB_UNKNOWN) {
                return new Seen(asked, Optional.empty(), Optional.empty()); // about to be made
            }
            throw unknown;
        }
    }

    private void take(Seen seen) {
        asking = false;
        if (!seen.id().equals(id) || seen.view().isEmpty()) {
            return;
        }
        sample = seen.sample();
        sample.ifPresent(s -> pace.saw(context.times().clock().instant(), s));
        var events = seen.view().get().history().events();
        for (int i = log.size(); i < events.size(); i++) {
            log.add(LogLine.of(events.get(i)));
        }
        view.set(null); // whoever listens also wants to hear of a new sample
        view.set(seen.view().get());
        if (problem.get() != null && failure().filter(problem.get()::equals).isPresent()) {
            problem.set(null); // told beside the stages
        }
        removeWhatWasAborted(seen.view().get().state());
    }

    private void fail(Problem cause) {
        asking = false;
        problem.set(cause);
    }

    /** Whether it can be done now: by the state, and beside what this window runs on it. */
    boolean may(RunActions action) {
        return view.get() != null
                && action.allowedIn(view.get().state())
                && orders().stream().allMatch(action::allowedBeside);
    }

    /** Does something with the restore: a command of its own, whose problem is shown. */
    public void act(RunActions action, List<String> further) {
        if (!may(action)) {
            miss(action);
            return;
        }
        List<String> words = new ArrayList<>(List.of("restores", word(action), id));
        words.addAll(further);
        run(new Order(Words.job(action, id), words, id, action.effect()));
    }

    /** Does what was asked about, once it is meant. */
    void confirmed(RunActions action, String typed) {
        switch (action) {
            case ABORT -> abort(typed);
            case DISCARD -> discard(typed);
            default -> act(action, List.of());
        }
    }

    /** Tells, each time, what was pressed and came to nothing. */
    private void miss(RunActions action) {
        missed.set(null);
        missed.set(action);
    }

    /** Goes on to a later target; what was typed wrong is a problem and starts nothing. */
    public void advance(TargetKind kind, String value, boolean exclusive) {
        try {
            RecoveryTarget target = TargetChoice.read(kind, value, !exclusive);
            act(RunActions.ADVANCE, TargetChoice.options(target));
        } catch (RecoveryException wrong) {
            problem.set(wrong.problem());
        }
    }

    /** Removes what the restore made, once its id was typed. */
    public void discard(String typed) {
        act(RunActions.DISCARD, List.of("--confirm", typed.strip()));
    }

    /**
     * Asks the restore to stop and, once its process is gone, removes what it made; both only after
     * the id was typed. One that arrived meanwhile, or whose page was left, keeps everything.
     */
    public void abort(String typed) {
        if (typed.strip().equals(id)) {
            aborting = may(RunActions.ABORT);
            act(RunActions.ABORT, List.of());
        }
    }

    private void removeWhatWasAborted(RestoreState state) {
        if (!aborting || state == RestoreState.RUNNING) {
            return;
        }
        boolean unfinished =
                state == RestoreState.INTERRUPTED
                        || state == RestoreState.FAILED
                        || state == RestoreState.PLANNED;
        aborting = unfinished && !may(RunActions.DISCARD); // its own command is about to end
        if (!unfinished) {
            miss(RunActions.ABORT);
        } else if (!aborting) {
            discard(id);
        }
    }

    private static String word(RunActions action) {
        return switch (action) {
            case STOP, ABORT, SHUT_DOWN -> "stop";
            case RESUME -> "resume";
            case ADVANCE -> "advance";
            case PROMOTE -> "promote";
            case HANDOVER -> "handover";
            case DISCARD -> "discard";
        };
    }

    /** Why it stopped, as its journal has it. */
    public Optional<Problem> failure() {
        return Optional.ofNullable(view.get())
                .filter(seen -> seen.state() != RestoreState.RUNNING)
                .flatMap(seen -> seen.history().failure())
                .flatMap(RunText::problem);
    }

    public String id() {
        return id;
    }

    Optional<RestoreSample> sample() {
        return sample;
    }

    /** How the live database was before, where it was documented. */
    Optional<DatabaseState> before() {
        return before;
    }

    RunPace pace() {
        return pace;
    }

    public ObservableList<LogLine> getLog() {
        return log;
    }

    public RestoreView getView() {
        return view.get();
    }

    public ReadOnlyObjectProperty<RestoreView> viewProperty() {
        return view.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What was pressed or confirmed last and could not be done any more; null before. */
    ReadOnlyObjectProperty<RunActions> missedProperty() {
        return missed.getReadOnlyProperty();
    }

    /** The command under way; empty when there is none. */
    public String getBusy() {
        return busy.get();
    }

    public ReadOnlyStringProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
