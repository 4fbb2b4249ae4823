package dev.lifeboat.checklist;

import dev.lifeboat.restore.Evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the checklist.
 *
 * @param id names the item in {@code --attest} and {@code --override}
 * @param measured what was seen
 * @param needed what it was compared with
 * @param remedy what to do when it is not ok; empty when it is
 * @param overridable whether a reason may stand in for it
 * @param settledBy the name of who attested it, or the reason it was overridden for
 */
public record CheckItem(
        String id,
        Kind kind,
        State state,
        String measured,
        String needed,
        String remedy,
        boolean overridable,
        Optional<String> settledBy) {
    /** Who finds out. */
    public enum Kind {
        AUTOMATIC,
        HUMAN;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the item stands. */
    public enum State {
        OK,
        WARNING,
        BLOCKED,
        OPEN;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CheckItem ok(String id, String measured, String needed) {
        return automatic(id, State.OK, measured, needed, "", true);
    }

    static CheckItem warning(String id, String measured, String needed, String remedy) {
        return automatic(id, State.WARNING, measured, needed, remedy, true);
    }

    static CheckItem blocked(String id, String measured, String needed, String remedy) {
        return automatic(id, State.BLOCKED, measured, needed, remedy, true);
    }

    /** Blocked, and no reason in the world helps. */
    static CheckItem forbidden(String id, String measured, String needed, String remedy) {
        return automatic(id, State.BLOCKED, measured, needed, remedy, false);
    }

    static CheckItem human(String id, String needed, String remedy) {
        return new CheckItem(
                id,
                Kind.HUMAN,
                State.OPEN,
                "nobody has attested it",
                needed,
                remedy,
                true,
                Optional.empty());
    }

    /**
     * The item as a restore keeps it.
     *
     * @param saidAt when somebody settled it, if somebody did
     */
    Evidence evidence(Instant saidAt) {
        boolean attested = kind == Kind.HUMAN && state == State.OK;
        return new Evidence(
                id,
                kind.word(),
                state.word(),
                measured,
                needed,
                settledBy.filter(_ -> attested),
                settledBy.filter(_ -> !attested),
                settledBy.map(_ -> saidAt.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    /** The item as somebody with this name attested it. */
    CheckItem attestedBy(String name) {
        return new CheckItem(
                id,
                kind,
                State.OK,
                "attested by " + name,
                needed,
                "",
                overridable,
                Optional.of(name));
    }

    /** The item as somebody overrode it: a warning that carries the reason. */
    CheckItem overriddenFor(String reason) {
        return new CheckItem(
                id,
                kind,
                State.WARNING,
                measured,
                needed,
                remedy,
                overridable,
                Optional.of(reason));
    }

    private static CheckItem automatic(
            String id,
            State state,
            String measured,
            String needed,
            String remedy,
            boolean overridable) {
        return new CheckItem(
                id, Kind.AUTOMATIC, state, measured, needed, remedy, overridable, Optional.empty());
    }
}
