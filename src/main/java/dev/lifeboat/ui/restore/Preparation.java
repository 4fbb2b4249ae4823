package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The items that a person vouches for, with the work done for them: the state is written down, the
 * team is told. An item is attested, with the operator's name, only after that succeeded. Knows no
 * controls.
 */
public final class Preparation {
    static final String STATE = "state-documented";
    static final String TEAM = "team-notified";

    private final ScreenContext context;
    private final BiConsumer<String, String> attest;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private DatabaseState state;
    private int turn;

    /**
     * @param attest takes an item and the name of who vouches for it
     */
    Preparation(ScreenContext context, BiConsumer<String, String> attest) {
        this.context = context;
        this.attest = attest;
    }

    /** Forgets what was taken for another plan; an answer that is still to come is ignored. */
    void reset() {
        turn++;
        state = null;
        busy.set(false);
        problem.set(null);
    }

    /** Takes the state of the live database; then that name vouches for it. */
    void document(String name) {
        if (name.isBlank()) {
            return;
        }
        int begun = begin();
        context.tasks()
                .run(
                        cancel -> context.services().document(cancel),
                        taken -> {
                            if (begun == turn) {
                                state = taken;
                                done(STATE, name);
                            }
                        },
                        cause -> fail(begun, cause));
    }

    /** Posts the message; then that name vouches for it. */
    void tell(RestorePlan plan, String name) {
        if (name.isBlank()) {
            return;
        }
        int begun = begin();
        String text = message(plan) + " " + Messages.text("prepare.by", name.strip());
        context.tasks()
                .run(
                        cancel -> {
                            context.services().tellTeam(text, cancel);
                            return text;
                        },
                        _ -> {
                            if (begun == turn) {
                                done(TEAM, name);
                            }
                        },
                        cause -> fail(begun, cause));
    }

    private int begin() {
        busy.set(true);
        problem.set(null);
        return turn;
    }

    private void done(String item, String name) {
        busy.set(false);
        attest.accept(item, name);
    }

    private void fail(int begun, Problem cause) {
        if (begun == turn) {
            busy.set(false);
            problem.set(cause);
        }
    }

    /** Whether the team can be told from here. */
    boolean tellsTeam() {
        return context.services().tellsTeam();
    }

    /** What the team is told, without who tells it. */
    String message(RestorePlan plan) {
        String where = context.services().profile().title();
        return Messages.text(
                "prepare.message",
                where,
                plan.id(),
                plan.host(),
                new RunText(context.times()).target(plan),
                plan.stake().orElse(Messages.text("prepare.untouched")));
    }

    /** What was written down of the live database; empty before. */
    Optional<DatabaseState> state() {
        return Optional.ofNullable(state);
    }

    /** That, in a line. */
    Optional<String> summary() {
        return state().map(Preparation::line);
    }

    private static String line(DatabaseState taken) {
        List<DatabaseState.Table> counted =
                taken.tables().stream().filter(DatabaseState.Table::counted).toList();
        long rows = counted.stream().mapToLong(table -> table.rows().orElse(0)).sum();
        return Messages.text(
                "prepare.state",
                taken.database(),
                taken.server(),
                taken.sizeBytes().isPresent()
                        ? ByteSize.format(taken.sizeBytes().getAsLong())
                        : Messages.text("prepare.unknown"),
                counted.size(),
                taken.tables().size() + taken.moreTables(),
                rows);
    }

    public boolean isBusy() {
        return busy.get();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
