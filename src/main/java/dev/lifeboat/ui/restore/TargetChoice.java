package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a target that somebody typed, and writes it as the command line takes it. */
final class TargetChoice {
    private TargetChoice() {}

    /**
     * The target.
     *
     * @param text what was typed; of no account for latest and immediate
     * @param inclusive of no account where nothing can be left out
     * @throws RecoveryException USAGE or TIME_UNREADABLE when it cannot be read as that kind
     */
    static RecoveryTarget read(TargetKind kind, String text, boolean inclusive)
            throws RecoveryException {
        String typed = text == null ? "" : text.strip();
        String value =
                switch (kind) {
                    case LATEST, IMMEDIATE -> "";
                    case TIME -> Timestamps.parse(typed).instant().toString();
                    case LSN -> lsn(typed);
                    case XID -> xid(typed);
                    case NAME -> name(typed);
                };
        return new RecoveryTarget(kind, value, inclusive || !mayExclude(kind), Optional.empty());
    }

    /**
     * Whether one can stop just before it.
     *
     * <p>Source: PostgreSQL documentation, "Recovery Target", recovery_target_inclusive.
     */
    static boolean mayExclude(TargetKind kind) {
        return switch (kind) {
            case TIME, LSN, XID -> true;
            case LATEST, NAME, IMMEDIATE -> false;
        };
    }

    /** The options of {@code restore} and {@code restores advance} that mean this target. */
    static List<String> options(RecoveryTarget target) {
        List<String> options = new ArrayList<>();
        switch (target.kind()) {
            case LATEST, IMMEDIATE -> options.addAll(List.of("--target", target.kind().word()));
            default -> options.addAll(List.of("--target-" + target.kind().word(), target.value()));
        }
        if (!target.inclusive()) {
            options.add("--exclusive");
        }
        target.timeline().ifPresent(id -> options.addAll(List.of("--timeline", id.toString())));
        return options;
    }

    private static String lsn(String typed) throws RecoveryException {
        try {
            return Lsn.parse(typed).toString();
        } catch (IllegalArgumentException unreadable) {
            throw unreadable("'" + typed + "' is no position in the WAL.", "0/3000060");
        }
    }

    private static String xid(String typed) throws RecoveryException {
        if (!typed.matches("[0-9]{1,19}")) {
            throw unreadable("'" + typed + "' is no transaction id.", "88123901");
        }
        return typed;
    }

    private static String name(String typed) throws RecoveryException {
        if (typed.isEmpty()) {
            throw unreadable("No restore point is named.", "before_release_812");
        }
        return typed;
    }

    private static RecoveryException unreadable(String what, String example) {
        return new RecoveryException(
                ProblemCode.USAGE,
                what,
                "It is not written as PostgreSQL writes one.",
                "Type it like this: " + example + ".");
    }
}
