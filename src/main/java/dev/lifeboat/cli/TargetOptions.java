package dev.lifeboat.cli;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target of a restore, as {@code restore}, {@code check} and {@code restores advance} take it.
 */
final class TargetOptions {
    @Option(
            names = "--target-time",
            paramLabel = "T",
            description =
                    "Up to this time: ISO 8601, or 2026-04-07 14:30:00; UTC unless it says otherwise.")
    private String time;

    @Option(
            names = "--target-lsn",
            paramLabel = "L",
            description = "Up to this position in the WAL.")
    private String lsn;

    @Option(names = "--target-xid", paramLabel = "X", description = "Up to this transaction.")
    private String xid;

    @Option(names = "--target-name", paramLabel = "N", description = "Up to this restore point.")
    private String name;

    @Option(
            names = "--target",
            paramLabel = "latest|immediate",
            description = "The last record of the archive, or as soon as the base is consistent.")
    private String word;

    @Option(names = "--exclusive", description = "Stop just before the target.")
    private boolean exclusive;

    @Option(
            names = "--timeline",
            paramLabel = "N",
            description = "Follow this timeline; default: the newest the base leads to.")
    private Long timeline;

    /** Whether any of them was given. */
    boolean given() {
        return time != null || lsn != null || xid != null || name != null || word != null;
    }

    /** Whether a time was given without an offset, so that UTC was taken. */
    boolean utcAssumed() throws RecoveryException {
        return time != null && Timestamps.parse(time).utcAssumed();
    }

    /**
     * The target; the end of the archive when none was given.
     *
     * @throws RecoveryException USAGE when two were given or one cannot be read, TIME_UNREADABLE
     */
    RecoveryTarget target() throws RecoveryException {
        List<RecoveryTarget> given = new ArrayList<>();
        if (time != null) {
            given.add(target(TargetKind.TIME, Timestamps.parse(time).instant().toString()));
        }
        if (lsn != null) {
            given.add(target(TargetKind.LSN, lsn(lsn)));
        }
        if (xid != null) {
            given.add(target(TargetKind.XID, xid(xid)));
        }
        if (name != null) {
            given.add(target(TargetKind.NAME, name));
        }
        if (word != null) {
            given.add(target(word(word), ""));
        }
        if (given.size() > 1) {
            throw usage("Two targets were given.", "A restore ends at one place.");
        }
        return given.isEmpty() ? target(TargetKind.LATEST, "") : given.getFirst();
    }

    private RecoveryTarget target(TargetKind kind, String value) {
        return new RecoveryTarget(kind, value, !exclusive, Optional.ofNullable(timeline));
    }

    private static TargetKind word(String word) throws RecoveryException {
        return switch (word) {
            case "latest" -> TargetKind.LATEST;
            case "immediate" -> TargetKind.IMMEDIATE;
            default ->
                    throw usage(
                            "'" + word + "' is no target.",
                            "--target takes latest or immediate; times, positions, transactions and names have"
                                    + " options of their own.");
        };
    }

    private static String lsn(String text) throws RecoveryException {
        try {
            return Lsn.parse(text).toString();
        } catch (IllegalArgumentException unreadable) {
            throw usage("The position cannot be read.", unreadable.getMessage() + ".");
        }
    }

    private static String xid(String text) throws RecoveryException {
        if (!text.matches("[0-9]{1,19}")) {
            throw usage("'" + text + "' is no transaction id.", "It is a decimal number.");
        }
        return text;
    }

    private static RecoveryException usage(String what, String why) {
        return new RecoveryException(
                ProblemCode.USAGE, what, why, "See lifeboat restore --help for the targets.");
    }
}
