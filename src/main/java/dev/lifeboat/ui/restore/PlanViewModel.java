package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.checklist.Checklist;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.TaskRunner;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan before it is carried out: its checklist, what people said about it, the confirmation, the
 * start. The start is refused until all of that is settled; what is shown stays when measuring
 * again fails. Knows no controls.
 */
public final class PlanViewModel {
    /** Older measurements are made again before the start. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final String DIRECTORY = "directory-not-in-use";

    private final ScreenContext context;
    private final Start start;
    private final Preparation preparation;
    private final ReadOnlyObjectWrapper<RestorePlan> plan = new ReadOnlyObjectWrapper<>();
    private final ObservableList<CheckItem> items = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper startAllowed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper hindrance = new ReadOnlyStringWrapper("");
    private final StringProperty typed = new SimpleStringProperty("");
    private final Said said = new Said();
    private Wish wish;
    private Checklist measured;
    private Instant measuredAt;
    private boolean failed;
    private TaskRunner.Running running = () -> {};

    /** Starts the process of a restore. */
    @FunctionalInterface
    public interface Start {
        /**
         * @param id of the restore
         * @param words of the command that carries it out
         */
        void of(String id, List<String> words);
    }

    public PlanViewModel(ScreenContext context, Start start) {
        this.context = context;
        this.start = start;
        this.preparation = new Preparation(context, this::attest);
        typed.addListener((_, _, _) -> judge());
    }

    /** Makes the plan for a wish; what was there before is forgotten. */
    public void plan(Wish wanted) {
        wish = wanted;
        plan.set(null);
        items.clear();
        said.forget();
        preparation.reset();
        typed.set("");
        measured = null;
        measuredAt = null;
        planAgain();
    }

    /** Plans anew, with what was attested and overridden kept: the world may have changed. */
    public void planAgain() {
        Wish wanted = wish;
        begin();
        running =
                context.tasks()
                        .run(
                                cancel -> {
                                    RestorePlan made = wanted.plan(context.services(), cancel);
                                    return new Measured(
                                            made, context.services().checklist(made, cancel));
                                },
                                this::show,
                                this::fail);
    }

    private record Measured(RestorePlan plan, Checklist checklist) {}

    /** Measures the checklist of the plan that is shown again. */
    public void measureAgain() {
        if (plan.get() == null) {
            planAgain();
        } else {
            measureThen(() -> {});
        }
    }

    private void measureThen(Runnable then) {
        begin();
        RestorePlan shown = plan.get();
        running =
                context.tasks()
                        .run(
                                cancel ->
                                        new Measured(
                                                shown, context.services().checklist(shown, cancel)),
                                answer -> {
                                    show(answer);
                                    then.run();
                                },
                                this::fail);
    }

    /** What helps a person to vouch for an item. */
    public Preparation getPreparation() {
        return preparation;
    }

    /** What can be done here about an item that does not hold. */
    Optional<Mend> mend(CheckItem item) {
        return Optional.ofNullable(plan.get()).flatMap(shown -> Mend.of(item, shown));
    }

    /** What can be done here about the problem that is shown. */
    Optional<Mend> mend() {
        boolean second = context.services().profile().regions().size() > 1;
        return Optional.ofNullable(problem.get()).flatMap(p -> Mend.of(p, wish, second));
    }

    /** Plans the same from other regions; what was attested and overridden stays. */
    void takeFrom(String region) {
        wish = wish.from(region);
        planAgain();
    }

    /** Gives up what is being asked. */
    public void cancel() {
        running.cancel();
        loading.set(false);
        judge();
    }

    private void begin() {
        running.cancel();
        failed = false;
        loading.set(true);
        problem.set(null);
        judge();
    }

    private void show(Measured answer) {
        loading.set(false);
        measured = answer.checklist();
        measuredAt = now();
        plan.set(answer.plan()); // whoever listens asks for the command, which names what was said
        settle();
    }

    private void fail(Problem cause) {
        loading.set(false);
        failed = true;
        problem.set(cause);
        judge();
    }

    /** Somebody vouches for a human item. */
    public void attest(String item, String name) {
        said.attest(item, name, now());
        settle();
    }

    /** A reason stands in for an item that does not hold. */
    public void override(String item, String reason) {
        said.override(item, reason, now());
        settle();
    }

    /** When somebody said it of an item, as UTC and local; empty when nobody did. */
    Optional<String> saidAt(CheckItem item) {
        return item.settledBy().flatMap(_ -> said.at(item.id())).map(context.times()::both);
    }

    private Instant now() {
        return context.times().clock().instant();
    }

    private void settle() {
        if (measured == null) {
            return;
        }
        try {
            items.setAll(said.with(measured).items());
        } catch (RecoveryException wrong) {
            items.setAll(measured.items());
            problem.set(wrong.problem());
        }
        judge();
    }

    private void judge() {
        hindrance.set(hindrance().orElse(""));
        startAllowed.set(hindrance.get().isEmpty());
    }

    /** Why the start is not allowed, in words. */
    private Optional<String> hindrance() {
        if (loading.get() || measured == null || plan.get() == null) {
            return Optional.of(Messages.text("plan.hindrance.measuring"));
        }
        if (failed) {
            return Optional.of(Messages.text("plan.hindrance.failed"));
        }
        List<String> blocked = named(CheckItem.State.BLOCKED);
        if (!blocked.isEmpty()) {
            return Optional.of(Messages.text("plan.hindrance.blocked", String.join(", ", blocked)));
        }
        List<String> open = named(CheckItem.State.OPEN);
        if (!open.isEmpty()) {
            return Optional.of(Messages.text("plan.hindrance.open", String.join(", ", open)));
        }
        Optional<String> confirm = plan.get().confirm();
        if (confirm.isPresent() && !confirm.get().equals(typed.get().strip())) {
            return Optional.of(Messages.text("plan.hindrance.typed", confirm.get()));
        }
        return Optional.empty();
    }

    /** Whether somebody has to do something about the list before the start. */
    boolean isHinderedByItems() {
        boolean measuring = loading.get() || measured == null;
        return !measuring
                && !(named(CheckItem.State.BLOCKED).isEmpty()
                        && named(CheckItem.State.OPEN).isEmpty());
    }

    /** Whether a server was seen on the data directory: nothing is renamed under it. */
    boolean isDirectoryInUse() {
        return items.stream()
                .anyMatch(
                        item ->
                                item.id().equals(DIRECTORY)
                                        && item.state() == CheckItem.State.BLOCKED);
    }

    private List<String> named(CheckItem.State state) {
        return items.stream()
                .filter(item -> item.state() == state)
                .map(item -> Words.item(item.id()))
                .toList();
    }

    /** When the list was measured; empty before. */
    public Optional<Instant> measuredAt() {
        return Optional.ofNullable(measuredAt);
    }

    /** Whether the list is too old to be believed at the start. */
    public boolean isStale() {
        return measuredAt != null
                && measuredAt.plus(FRESH).isBefore(context.times().clock().instant());
    }

    /**
     * The command that does the same without a window. It holds the confirmation only once that was
     * typed here.
     */
    public List<String> command() {
        if (plan.get() == null) {
            return List.of();
        }
        List<String> words = new ArrayList<>(wish.words());
        words.addAll(said());
        return words;
    }

    private List<String> said() {
        List<String> words = new ArrayList<>(said.words(measured));
        plan.get()
                .confirm()
                .filter(typed.get().strip()::equals)
                .ifPresent(text -> words.addAll(List.of("--confirm", text)));
        return words;
    }

    /**
     * Starts exactly the plan that is shown, as a process of its own. A list that is too old is
     * measured again first, and stops the start if it no longer allows it.
     */
    public void start() {
        if (startAllowed.get() && isStale()) {
            measureThen(this::launch);
        } else {
            launch();
        }
    }

    private void launch() {
        if (!startAllowed.get()) {
            return;
        }
        begin();
        RestorePlan shown = plan.get();
        List<String> words = new ArrayList<>(said());
        words.addAll(said.timeWords(measured));
        Optional<DatabaseState> before = preparation.state();
        running =
                context.tasks()
                        .run(
                                _ -> save(shown, before),
                                file -> start(shown, file, words),
                                this::fail);
    }

    private void start(RestorePlan shown, Path file, List<String> said) {
        loading.set(false);
        List<String> words = new ArrayList<>(List.of("restore", "--from-plan", file.toString()));
        words.addAll(said);
        start.of(shown.id(), words);
    }

    private Path save(RestorePlan plan, Optional<DatabaseState> before) throws RecoveryException {
        if (before.isPresent()) {
            context.services().keep(plan.id(), before.get());
        }
        return context.services().hand(plan);
    }

    public RestorePlan getPlan() {
        return plan.get();
    }

    public ReadOnlyObjectProperty<RestorePlan> planProperty() {
        return plan.getReadOnlyProperty();
    }

    public ObservableList<CheckItem> getItems() {
        return items;
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public boolean isLoading() {
        return loading.get();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public boolean isStartAllowed() {
        return startAllowed.get();
    }

    public ReadOnlyBooleanProperty startAllowedProperty() {
        return startAllowed.getReadOnlyProperty();
    }

    public String getHindrance() {
        return hindrance.get();
    }

    public ReadOnlyStringProperty hindranceProperty() {
        return hindrance.getReadOnlyProperty();
    }

    public String getTyped() {
        return typed.get();
    }

    public void setTyped(String text) {
        typed.set(text);
    }

    public StringProperty typedProperty() {
        return typed;
    }
}
