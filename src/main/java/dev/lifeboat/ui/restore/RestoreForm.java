package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.LogicalRequest;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.RestoreIntent;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What a new restore is to arrive at, as it is filled in. Knows no controls. */
public final class RestoreForm {
    private static final String BASE = ".+_base_\\d{8}_\\d{6}";
    private static final String BOTH = "auto";
    private static final int PORTS = 65_535;

    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<TargetKind> kind = new SimpleObjectProperty<>(TargetKind.LATEST);
    private final BooleanProperty dump = new SimpleBooleanProperty();
    private final StringProperty value = new SimpleStringProperty("");
    private final BooleanProperty exclusive = new SimpleBooleanProperty();
    private final StringProperty backup = new SimpleStringProperty(RestoreRequest.LATEST);
    private final StringProperty region = new SimpleStringProperty(BOTH);
    private final StringProperty directory = new SimpleStringProperty("");
    private final StringProperty port = new SimpleStringProperty("");
    private final ObjectProperty<TargetAction> action =
            new SimpleObjectProperty<>(TargetAction.PAUSE);

    /** Fills the form with what was chosen elsewhere, and with nothing that was meant before. */
    void take(RestoreIntent intent) {
        problem.set(null);
        backup.set(intent.backup().orElse(RestoreRequest.LATEST));
        Optional<RecoveryTarget> target = intent.target();
        dump.set(target.isEmpty() && intent.backup().filter(id -> !id.matches(BASE)).isPresent());
        kind.set(
                target.map(RecoveryTarget::kind)
                        .orElse(
                                intent.backup().isPresent()
                                        ? TargetKind.IMMEDIATE
                                        : TargetKind.LATEST));
        value.set(target.map(RecoveryTarget::value).orElse(""));
        exclusive.set(target.filter(t -> !t.inclusive()).isPresent());
        region.set(BOTH);
        action.set(TargetAction.PAUSE);
        directory.set("");
        port.set("");
    }

    /** What is filled in; empty, with {@link #problemProperty()} set, when something is wrong. */
    Optional<Wish> wish() {
        try {
            Wish wish = dump.get() ? ofDump() : ofCluster();
            problem.set(null);
            return Optional.of(wish);
        } catch (RecoveryException wrong) {
            problem.set(wrong.problem());
            return Optional.empty();
        }
    }

    /**
     * The id of a base asks the command line for a cluster, whatever else was meant; so it does
     * here.
     */
    private Wish ofDump() throws RecoveryException {
        String chosen = backup.get().strip();
        if (chosen.matches(BASE)) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    chosen + " is a base, not a dump.",
                    "A base holds a cluster; it is not put into a database.",
                    "Choose where to arrive instead, or name a dump.");
        }
        return new Wish.Dump(new LogicalRequest(chosen, region.get(), OptionalInt.empty()));
    }

    private Wish ofCluster() throws RecoveryException {
        return new Wish.Cluster(
                new RestoreRequest(
                        backup.get().strip(),
                        TargetChoice.read(kind.get(), value.get(), !exclusive.get()),
                        action.get(),
                        region.get(),
                        Optional.of(directory.get().strip())
                                .filter(text -> !text.isEmpty())
                                .map(Path::of),
                        port(),
                        OptionalInt.empty()));
    }

    private OptionalInt port() throws RecoveryException {
        String typed = port.get().strip();
        if (typed.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!typed.matches("[0-9]{1,5}")
                || Integer.parseInt(typed) < 1
                || Integer.parseInt(typed) > PORTS) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "'" + typed + "' is no port.",
                    "A port is a number from 1 to 65535.",
                    "Type a free one, or leave it empty: then a free one is taken.");
        }
        return OptionalInt.of(Integer.parseInt(typed));
    }

    /** Tells, beside the form, what is to be changed in it. */
    void correct(Problem hindrance) {
        problem.set(hindrance);
    }

    /** Whether the kind of target needs something typed. */
    boolean valueNeeded() {
        return !dump.get() && kind.get() != TargetKind.LATEST && kind.get() != TargetKind.IMMEDIATE;
    }

    /** Whether one can stop just before the target. */
    boolean mayExclude() {
        return !dump.get() && TargetChoice.mayExclude(kind.get());
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ObjectProperty<TargetKind> kindProperty() {
        return kind;
    }

    /** Whether a dump goes into a database, in place of a cluster coming to a target. */
    BooleanProperty dumpProperty() {
        return dump;
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

    StringProperty portProperty() {
        return port;
    }

    ObjectProperty<TargetAction> actionProperty() {
        return action;
    }
}
