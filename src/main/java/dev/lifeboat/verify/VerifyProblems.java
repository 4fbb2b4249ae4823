package dev.lifeboat.verify;

import dev.lifeboat.catalog.BackupPresence;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

/** What verification alone finds. */
final class VerifyProblems {
    private static final String OTHER =
            "Choose another backup; `lifeboat verify --all` tells which are good.";

    private VerifyProblems() {}

    static RecoveryException noBackup(String name) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " holds nothing that can be restored.",
                "It decrypts, and its content is no dump, no SQL text and no archive.",
                OTHER);
    }

    static RecoveryException base(String id, String why) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                "The base " + id + " does not hold what its server put into it.",
                why,
                OTHER);
    }

    static Problem region(String id, String region, BackupPresence presence) {
        return presence.problem()
                .orElseGet(
                        () ->
                                new Problem(
                                        ProblemCode.BACKUP_INCOMPLETE,
                                        "Backup " + id + " is not in " + region + ".",
                                        "That region answered, and holds no object of it.",
                                        "Wait for replication, or copy it there: aws s3 sync of its"
                                                + " folder from the other bucket."));
    }

    static Problem notFinished(String id, String status) {
        return new Problem(
                ProblemCode.BACKUP_INCOMPLETE,
                "Backup " + id + " cannot be verified.",
                "Its status is " + status + ".",
                OTHER);
    }
}
