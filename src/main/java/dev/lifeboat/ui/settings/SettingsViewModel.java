package dev.lifeboat.ui.settings;

import dev.lifeboat.doctor.Finding;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.ProfileFacts;
import dev.lifeboat.ui.task.Profiles;
import dev.lifeboat.ui.task.TaskRunner;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** State of the settings screen. FX thread only. */
public final class SettingsViewModel {
    private final ScreenContext context;
    private final Profiles profiles;
    private final ObservableList<Choice> choices = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Choice> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ProfileFacts> facts = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper testing = new ReadOnlyBooleanWrapper();
    private final ObservableList<Finding> findings = FXCollections.observableArrayList();
    private TaskRunner.Running test = () -> {};

    /**
     * A cluster one can choose.
     *
     * @param name empty for what the environment says alone
     * @param inUse whether the window works on it
     */
    record Choice(Optional<String> name, boolean inUse) {
        @Override
        public String toString() {
            return name.orElse(Messages.text("banner.environmentAlone"));
        }
    }

    SettingsViewModel(ScreenContext context, Profiles profiles) {
        this.context = context;
        this.profiles = profiles;
    }

    /** Reads the profiles anew: they are files that somebody may have changed. */
    void read() {
        problem.set(null);
        context.tasks().run(_ -> profiles.names(), this::show, problem::set);
    }

    private void show(List<String> names) {
        Optional<String> used = context.services().profile().name();
        choices.setAll(
                names.stream()
                        .map(name -> new Choice(Optional.of(name), used.equals(Optional.of(name))))
                        .toList());
        choices.add(new Choice(Optional.empty(), used.isEmpty()));
        choices.stream().filter(Choice::inUse).findFirst().ifPresent(this::choose);
    }

    /** Shows what a profile says. */
    void choose(Choice choice) {
        test.cancel();
        testing.set(false);
        findings.clear();
        facts.set(null);
        problem.set(null);
        chosen.set(choice);
        context.tasks().run(_ -> profiles.open(choice.name()).profile(), facts::set, problem::set);
    }

    /** Runs the doctor on it. */
    public void test() {
        Choice choice = chosen.get();
        testing.set(true);
        findings.clear();
        problem.set(null);
        test =
                context.tasks()
                        .run(
                                cancel -> profiles.open(choice.name()).doctor(cancel),
                                this::showFindings,
                                this::fail);
    }

    private void showFindings(List<Finding> found) {
        testing.set(false);
        findings.setAll(found);
    }

    private void fail(Problem cause) {
        testing.set(false);
        problem.set(cause);
    }

    /** The files profiles are written in; the first decides. */
    List<Path> files() {
        return profiles.files();
    }

    ScreenContext context() {
        return context;
    }

    ObservableList<Choice> choices() {
        return choices;
    }

    ObservableList<Finding> findings() {
        return findings;
    }

    ReadOnlyObjectProperty<Choice> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ProfileFacts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public boolean isTesting() {
        return testing.get();
    }

    public ReadOnlyBooleanProperty testingProperty() {
        return testing.getReadOnlyProperty();
    }
}
