package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.ScreenContext;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.Comparator;
import java.util.List;

/** What restores there are, and the form for a new one. Knows no controls. */
public final class RestoreHomeViewModel {
    private final ScreenContext context;
    private final ObservableList<RestoreView> restores = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final RestoreForm form = new RestoreForm();
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

    /** What a new restore is to arrive at. */
    public RestoreForm getForm() {
        return form;
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
}
