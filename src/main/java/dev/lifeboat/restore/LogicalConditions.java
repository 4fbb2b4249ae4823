package dev.lifeboat.restore;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.logical.DumpSource;
import dev.lifeboat.restore.logical.LogicalTarget;

import java.util.List;

/** What may have changed between the plan of a logical restore and its execution. */
record LogicalConditions(LogicalSite site) {
    /**
     * Looks again at everything the plan rests on.
     *
     * @throws RecoveryException PLAN_OUTDATED, TARGET_NOT_EMPTY, NO_SPACE, VERSION_MISMATCH,
     *     PROGRAM_MISSING
     */
    void run() throws RecoveryException {
        String here = site.tools().host().name();
        if (!here.equals(site.plan().host())) {
            throw outdated(
                    "It was made for the machine '"
                            + site.plan().host()
                            + "', and this is '"
                            + here
                            + "'.");
        }
        requireSameManifest();
        requireSameTarget();
        requirePrograms();
        requireSpace();
    }

    private void requireSameManifest() throws RecoveryException {
        DumpSource source = site.plan().source();
        if (source.manifestKey().isEmpty()) {
            return;
        }
        String found =
                site.tools()
                        .backups()
                        .orElseThrow()
                        .read(
                                source.manifestKey().get(),
                                (_, bytes) -> Sha256.of(bytes.readAllBytes()).sha256());
        if (!found.equals(source.manifestSha256().orElseThrow())) {
            throw outdated(
                    "The manifest "
                            + source.manifestKey().get()
                            + " is not the one it was made of.");
        }
    }

    /**
     * The database that will be renamed must be the one that somebody looked at; one that was empty
     * must still be.
     */
    void requireSameTarget() throws RecoveryException {
        LogicalTarget planned = site.plan().target();
        LogicalTarget now = site.survey().look();
        if (!now.systemIdentifier().equals(planned.systemIdentifier())) {
            throw outdated(
                    planned.confirmText()
                            + " is another cluster now: "
                            + now.systemIdentifier()
                            + ", not "
                            + planned.systemIdentifier()
                            + ".");
        }
        if (now.oid() != planned.oid()) {
            throw outdated(
                    "The database "
                            + planned.confirmText()
                            + (planned.absent()
                                    ? " did not exist then, and does now."
                                    : now.absent()
                                            ? " is gone since."
                                            : " was replaced by another one since."));
        }
        if (!planned.filled() && now.filled()) {
            throw filledSince(planned, now.contents());
        }
    }

    static RecoveryException filledSince(LogicalTarget planned, List<String> contents) {
        return new RecoveryException(
                ProblemCode.TARGET_NOT_EMPTY,
                "The database " + planned.confirmText() + " is not empty any more.",
                "It was when the restore was planned; now it holds "
                        + String.join(", ", contents)
                        + ".",
                "Look what came into it, then make a new plan.");
    }

    private void requirePrograms() throws RecoveryException {
        if (site.plan().source().holdsSql()) {
            site.psql();
        } else {
            site.pgRestore();
        }
    }

    private void requireSpace() throws RecoveryException {
        if (site.plan().spool().isEmpty() || site.history().ended(Stage.FETCH)) {
            return;
        }
        long free = site.tools().host().files().freeBytes(site.plan().spool().get());
        long needed = site.plan().source().spoolBytes();
        if (free < needed) {
            throw new RecoveryException(
                    ProblemCode.NO_SPACE,
                    "There is not enough space for the decrypted dump.",
                    site.plan().spool().get()
                            + " has "
                            + ByteSize.format(free)
                            + " free; it needs "
                            + ByteSize.format(needed)
                            + ".",
                    "Free space there, set LIFEBOAT_HOME to another file system, or restore with"
                            + " --jobs 1, which needs none.");
        }
    }

    private static RecoveryException outdated(String why) {
        return new RecoveryException(
                ProblemCode.PLAN_OUTDATED,
                "The plan is not carried out.",
                why,
                "Make a new plan, and review it: lifeboat restore --plan ...");
    }
}
