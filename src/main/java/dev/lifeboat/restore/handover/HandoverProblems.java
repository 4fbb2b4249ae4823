package dev.lifeboat.restore.handover;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/** Why a restored server is not made the database. */
public final class HandoverProblems {
    private HandoverProblems() {}

    static RecoveryException notFenced(String id, OldServer old) {
        boolean writes = old.state() == OldServer.State.TAKES_WRITES;
        return new RecoveryException(
                ProblemCode.OLD_SERVER_LIVES,
                writes
                        ? "The old server still takes writes."
                        : "It is not known that the old server takes no more writes.",
                old.seen()
                        + " Two servers that both take writes drift apart, and cannot be joined.",
                writes
                        ? "Stop it, or cut it off from its clients and this machine; then: lifeboat"
                                + " restores handover "
                                + id
                        : "Make sure of it, and say who did: lifeboat restores handover "
                                + id
                                + " --attest old-fenced=NAME");
    }

    /** The restored server's timeline is another server's, too. */
    public static RecoveryException timelineTaken(String id, long timeline) {
        return new RecoveryException(
                ProblemCode.WAL_CONFLICT,
                "The restore " + id + " cannot archive.",
                "It was promoted to timeline "
                        + timeline
                        + ", and the archive has WAL or a history of that timeline from another server.",
                "Restore once more and hand that one over: its timeline is chosen anew.");
    }

    static RecoveryException archivingBroken(String segment, String why, Object log) {
        return new RecoveryException(
                ProblemCode.ARCHIVING_BROKEN,
                "The handed-over server does not archive.",
                "Segment " + segment + " did not arrive: " + why + ".",
                "Look into " + log + ", mend it, then run the handover again: it goes on there.");
    }

    static RecoveryException notItself(String why) {
        return new RecoveryException(
                ProblemCode.SERVER_FAILED,
                "The handed-over server is not what it should be.",
                why,
                "Look into its log, mend postgresql.conf in its data directory, then run the"
                        + " handover again: it goes on there.");
    }

    /** The database is no longer a restored copy that may be taken away. */
    public static RecoveryException isTheDatabase(String id, String what) {
        return new RecoveryException(
                ProblemCode.TARGET_IN_USE,
                "The restore " + id + " is not " + what + ".",
                "It was handed over: what it made is the database now.",
                "Manage it as a database: it is no restored copy any more.");
    }
}
