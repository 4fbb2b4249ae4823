package dev.lifeboat.ui.restore;

import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.HandoverStep;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be settled before a restored server becomes the database, and how far that is. The
 * handover is the command's, which looks at the old server once more itself. Knows no controls.
 */
public final class HandoverViewModel {
    private static final int LAST_PORT = 65_535;

    /** What the panel is for now. */
    enum Phase {
        ABSENT,
        ASKING,
        WORKING,
        DONE
    }

    private final ScreenContext context;
    private final RunViewModel run;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.ABSENT);
    private final ReadOnlyObjectWrapper<OldServer> old = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Problem> problem = new ReadOnlyObjectWrapper<>();
    private final StringProperty listen = new SimpleStringProperty("");
    private final StringProperty port = new SimpleStringProperty("");
    private final StringProperty fencedBy = new SimpleStringProperty("");
    private final ObjectProperty<Boolean> archive = new SimpleObjectProperty<>();
    private String id = "";
    private Instant lookedAt = Instant.EPOCH;
    private boolean opened;
    private RestoreView view;

    HandoverViewModel(ScreenContext context, RunViewModel run) {
        this.context = context;
        this.run = run;
    }

    /** Follows a restore; what was settled for another one is forgotten. */
    void show(RestoreView now) {
        if (!now.id().equals(id)) {
            id = now.id();
            opened = false;
            forget();
        }
        view = now;
        phase.set(phaseOf(now));
    }

    private void forget() {
        old.set(null);
        looking.set(false);
        problem.set(null);
        listen.set("");
        port.set("");
        fencedBy.set("");
        archive.set(null);
    }

    private Phase phaseOf(RestoreView now) {
        if (!(now.plan() instanceof PhysicalPlan)) {
            return Phase.ABSENT;
        }
        boolean begun = now.handover(HandoverStep.OLD_SERVER_FENCED).isPresent();
        return switch (now.state()) {
            case HANDED_OVER -> Phase.DONE;
            case RUNNING -> begun ? Phase.WORKING : Phase.ABSENT;
            case PAUSED, PROMOTED -> opened || begun ? Phase.ASKING : Phase.ABSENT;
            default -> Phase.ABSENT;
        };
    }

    /** Begins to settle it, with a look at the old server. */
    public void open() {
        if (view == null || !RunActions.HANDOVER.allowedIn(view.state())) {
            return;
        }
        opened = true;
        phase.set(phaseOf(view));
        look();
    }

    /** Puts it off; what was settled is forgotten. */
    public void leave() {
        opened = false;
        forget();
        phase.set(phaseOf(view));
    }

    /** Looks at the old server, as it stands now. */
    public void look() {
        if (phase.get() != Phase.ASKING || looking.get() || fenced().isPresent()) {
            return;
        }
        String asked = id;
        PhysicalPlan plan = (PhysicalPlan) view.plan();
        looking.set(true);
        problem.set(null);
        old.set(null);
        context.tasks()
                .run(
                        cancel -> context.services().oldServer(plan, cancel),
                        seen -> {
                            if (asked.equals(id)) {
                                lookedAt = context.times().clock().instant();
                                looking.set(false);
                                old.set(seen);
                            }
                        },
                        cause -> {
                            if (asked.equals(id)) {
                                looking.set(false);
                                problem.set(cause);
                            }
                        });
    }

    /** How an earlier attempt got to know that the old server is out of the way. */
    Optional<Event> fenced() {
        return step(HandoverStep.OLD_SERVER_FENCED);
    }

    /** The settings that an earlier attempt wrote: they are not written again. */
    Optional<Event> written() {
        return step(HandoverStep.OWN_SETTINGS_BACK);
    }

    private Optional<Event> step(HandoverStep step) {
        return Optional.ofNullable(view).flatMap(seen -> seen.handover(step));
    }

    /** Whether only a person can know that the old server is out of the way. */
    boolean asksForName() {
        return fenced().isEmpty()
                && old.get() != null
                && old.get().state() == OldServer.State.UNKNOWN;
    }

    /** Why it cannot begin yet, a sentence each; empty when nothing is open. */
    List<String> blockers() {
        List<String> open = new ArrayList<>();
        notFenced().ifPresent(open::add);
        if (portText().isPresent() && !isPort(portText().get())) {
            open.add(Messages.text("handover.open.port"));
        }
        if (archive.get() == null) {
            open.add(Messages.text("handover.open.archive"));
        }
        return open;
    }

    private Optional<String> notFenced() {
        if (fenced().isPresent()) {
            return Optional.empty();
        }
        if (old.get() == null) {
            return Optional.of(Messages.text("handover.open.look"));
        }
        return switch (old.get().state()) {
            case UNREACHABLE -> Optional.empty();
            case TAKES_WRITES -> Optional.of(Messages.text("handover.open.writes"));
            case UNKNOWN ->
                    fencedBy.get().isBlank()
                            ? Optional.of(Messages.text("handover.open.name"))
                            : Optional.empty();
        };
    }

    private static boolean isPort(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return false;
        }
        int number = Integer.parseInt(text);
        return number > 0 && number <= LAST_PORT;
    }

    private Optional<String> portText() {
        return written().isPresent() ? written("port") : filled(port);
    }

    private Optional<String> listenText() {
        return written().isPresent() ? written("listen") : filled(listen);
    }

    /** One of them; empty while none is written. */
    Optional<String> written(String field) {
        return written().map(event -> event.fields().get(field)).map(Object::toString);
    }

    private static Optional<String> filled(StringProperty text) {
        return Optional.of(text.get().strip()).filter(value -> !value.isEmpty());
    }

    /** What the command is told as things are settled now. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        listenText().ifPresent(value -> options.addAll(List.of("--listen", value)));
        portText().ifPresent(value -> options.addAll(List.of("--port", value)));
        if (archive.get() != null) {
            options.addAll(List.of("--archive", archive.get() ? "on" : "off"));
        }
        if (asksForName()) {
            filled(fencedBy)
                    .ifPresent(name -> options.addAll(List.of("--attest", "old-fenced=" + name)));
        }
        return options;
    }

    /** The whole command, for people. */
    List<String> command() {
        List<String> words = new ArrayList<>(List.of("restores", "handover", id));
        words.addAll(options());
        return words;
    }

    /** Whether it begins with that typed: the id of the restore, with nothing left open. */
    boolean mayBegin(String typed) {
        return phase.get() == Phase.ASKING
                && run.getBusy().isEmpty()
                && blockers().isEmpty()
                && typed.strip().equals(id);
    }

    /** Hands the server over, once the id of the restore was typed. */
    public void handOver(String typed) {
        if (mayBegin(typed)) {
            run.act(RunActions.HANDOVER, options());
        }
    }

    /** The restore as it was seen last; null before. */
    RestoreView view() {
        return view;
    }

    /** Whether it is not promoted yet, so that this does it, too. */
    boolean promotes() {
        return view != null && view.state() == RestoreState.PAUSED;
    }

    Instant lookedAt() {
        return lookedAt;
    }

    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    public OldServer getOld() {
        return old.get();
    }

    public ReadOnlyObjectProperty<OldServer> oldProperty() {
        return old.getReadOnlyProperty();
    }

    public boolean isLooking() {
        return looking.get();
    }

    public ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    public Problem getProblem() {
        return problem.get();
    }

    public ReadOnlyObjectProperty<Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public StringProperty listenProperty() {
        return listen;
    }

    public StringProperty portProperty() {
        return port;
    }

    public StringProperty fencedByProperty() {
        return fencedBy;
    }

    /** Whether it is to archive; null until somebody chose. */
    public ObjectProperty<Boolean> archiveProperty() {
        return archive;
    }
}
