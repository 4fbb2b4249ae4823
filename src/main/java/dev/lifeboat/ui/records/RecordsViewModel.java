package dev.lifeboat.ui.records;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.report.Report;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.CommandProblem;
import dev.lifeboat.ui.task.Jobs;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.util.List;

/** The restores of this machine, newest first, and the record of the chosen one. No controls. */
public final class RecordsViewModel {
    private final ScreenContext context;
    private final ObservableList<RestoreView> restores = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Report> report = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper nothingChosen = new ReadOnlyBooleanWrapper(true);
    private String chosen = "";

    public RecordsViewModel(ScreenContext context) {
        this.context = context;
        nothingChosen.bind(report.isNull());
    }

    /** Asks for the restores again; what is shown stays until the answer is there. */
    public void refresh() {
        context.tasks().run(_ -> context.services().restores(), this::show, this::fail);
    }

    private void show(List<RestoreView> found) {
        loading.set(false);
        problem.set(null);
        List<RestoreView> newestFirst = found.reversed();
        if (!newestFirst.equals(restores)) {
            restores.setAll(newestFirst);
        }
    }

    private void fail(Problem cause) {
        loading.set(false);
        problem.set(cause);
    }

    /** Reads the record of one of them. */
    public void choose(String id) {
        chosen = id;
        report.set(null);
        context.tasks()
                .run(
                        _ -> context.services().report(id),
                        read -> {
                            if (id.equals(chosen)) {
                                report.set(read);
                            }
                        },
                        problem::set);
    }

    /** Writes the record of the chosen one to a file, in the form that its name asks for. */
    public void export(Path file) {
        context.jobs()
                .start(
                        Messages.text("records.exporting", chosen),
                        List.of("restores", "export", chosen, "--to", file.toString()),
                        ended -> exported(file, ended),
                        context.notices()::problem);
    }

    private void exported(Path file, Jobs.Ended ended) {
        CommandProblem.of(ended)
                .ifPresentOrElse(
                        context.notices()::problem,
                        () -> context.notices().done(Messages.text("records.exported", file)));
    }

    /** The id of the chosen one; empty when there is none. */
    public String chosen() {
        return chosen;
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

    /** Whether there is no record to do anything with. */
    public boolean isNothingChosen() {
        return nothingChosen.get();
    }

    public ReadOnlyBooleanProperty nothingChosenProperty() {
        return nothingChosen.getReadOnlyProperty();
    }

    public Report getReport() {
        return report.get();
    }

    public ReadOnlyObjectProperty<Report> reportProperty() {
        return report.getReadOnlyProperty();
    }
}
