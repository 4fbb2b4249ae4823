package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.ScreenContext;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What restores there are, and what a new one is to arrive at. Knows no controls. */
public final class RestoreHomeViewModel {
    private final ScreenContext context;
    private final ObservableList<RestoreView> restores = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Problem> formProblem = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<TargetKind> kind = new SimpleObjectProperty<>(TargetKind.LATEST);
    private final StringProperty value = new SimpleStringProperty("");
    private final BooleanProperty exclusive = new SimpleBooleanProperty();
    private final StringProperty backup = new SimpleStringProperty(RestoreRequest.LATEST);
    private final StringProperty region = new SimpleStringProperty("auto");
    private final StringProperty directory = new SimpleStringProperty("");
    private final ObjectProperty<TargetAction> action =
            new SimpleObjectProperty<>(TargetAction.PAUSE);
    private boolean asking;

    public RestoreHomeViewModel(ScreenContext context) {
        this.context = context;
    }

    /** Asks for the restores again; the list that is shown stays until the answer is there. */
    public void refresh() {
        if (asking) {
            return;
        }
        asking = true;
        context.tasks().run(_ -> context.services().restores(), this::show, this::fail);
    }

    private void show(List<RestoreView> found) {
        asking = false;
        loading.set(false);
        problem.set(null);
        List<RestoreView> sorted =
                found.stream()
                        .sorted(
                                Comparator.comparingInt(RestoreHomeViewModel::urgency)
                                        .thenComparing(RestoreView::id, Comparator.reverseOrder()))
                        .toList();
        if (!sorted.equals(restores)) {
            restores.setAll(sorted);
        }
    }

    private void fail(Problem cause) {
        asking = false;
        loading.set(false);
        problem.set(cause);
    }

    /** What wants somebody first: what was interrupted, runs, or waits. */
    private static int urgency(RestoreView view) {
        return switch (view.state()) {
            case INTERRUPTED -> 0;
            case RUNNING -> 1;
            case PAUSED -> 2;
            case PROMOTED -> 3;
            case FAILED -> 4;
            case PLANNED, STOPPED, RESTORED, HANDED_OVER -> 5;
            case DISCARDED -> 6;
        };
    }

    /** The restores that nobody works on and that can go on. */
    public List<RestoreView> interrupted() {
        return restores.stream().filter(view -> view.state() == RestoreState.INTERRUPTED).toList();
    }

    /** Fills the form with what was chosen elsewhere. */
    public void take(RestoreIntent intent) {
        backup.set(intent.backup().orElse(RestoreRequest.LATEST));
        Optional<RecoveryTarget> target = intent.target();
        kind.set(
                target.map(RecoveryTarget::kind)
                        .orElse(
                                intent.backup().isPresent()
                                        ? TargetKind.IMMEDIATE
                                        : TargetKind.LATEST));
        value.set(target.map(RecoveryTarget::value).orElse(""));
        exclusive.set(target.filter(t -> !t.inclusive()).isPresent());
    }

    /** What the form asks for; empty, with {@link #formProblemProperty()} set, when it is wrong. */
    public Optional<RestoreRequest> request() {
        try {
            RecoveryTarget target = TargetChoice.read(kind.get(), value.get(), !exclusive.get());
            formProblem.set(null);
            return Optional.of(
                    new RestoreRequest(
                            backup.get(),
                            target,
                            action.get(),
                            region.get(),
                            Optional.of(directory.get().strip())
                                    .filter(text -> !text.isEmpty())
                                    .map(Path::of),
                            OptionalInt.empty(),
                            OptionalInt.empty()));
        } catch (RecoveryException wrong) {
            formProblem.set(wrong.problem());
            return Optional.empty();
        }
    }

    /** Whether the kind of target needs something typed. */
    public boolean valueNeeded() {
        return kind.get() != TargetKind.LATEST && kind.get() != TargetKind.IMMEDIATE;
    }

    public ObservableList<RestoreView> getRestores() {
        return restores;
    }

    public boolean isLoading() {
        return loading.get();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public Problem getFormProblem() {
        return formProblem.get();
    }

    public ReadOnlyObjectProperty<Problem> formProblemProperty() {
        return formProblem.getReadOnlyProperty();
    }

    ObjectProperty<TargetKind> kindProperty() {
        return kind;
    }

    StringProperty valueProperty() {
        return value;
    }

    BooleanProperty exclusiveProperty() {
        return exclusive;
    }

    StringProperty backupProperty() {
        return backup;
    }

    StringProperty regionProperty() {
        return region;
    }

    StringProperty directoryProperty() {
        return directory;
    }

    ObjectProperty<TargetAction> actionProperty() {
        return action;
    }
}
