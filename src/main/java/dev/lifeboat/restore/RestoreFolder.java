package dev.lifeboat.restore;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a restore keeps what it knows of itself.
 *
 * @param path absolute
 */
public record RestoreFolder(Path path) {
    /** The folder of one restore below that of all state. */
    public static RestoreFolder of(Path lifeboatHome, String id) {
        return new RestoreFolder(lifeboatHome.resolve("restores").resolve(id).toAbsolutePath());
    }

    /**
     * Makes the folder, its owner's alone, but for passing through it: the restored server, which
     * runs as a user of its own, must reach its data. One that exists is made so, too.
     *
     * @throws RecoveryException HOST_FAILURE when the OS refuses it
     */
    public void create(Host host) throws RecoveryException {
        host.files().createPrivateDirectory(path, host.currentUser());
        host.files().setPermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }

    public String id() {
        return path.getFileName().toString();
    }

    public Path plan() {
        return path.resolve("plan.json");
    }

    /**
     * The plan of going on to a later target.
     *
     * @param advance 1 for the first
     */
    Path plan(long advance) {
        return path.resolve("plan-" + (advance + 1) + ".json");
    }

    /** The plan on its way to the process that carries it out; see {@link HandedPlan}. */
    Path handed() {
        return path.resolve("plan-handed.json");
    }

    /** The checklist as it stood when the restore began. */
    Path checklist() {
        return path.resolve("checklist.json");
    }

    /** How the live database was before; absent where nobody documented it. */
    public Path stateBefore() {
        return path.resolve("state-before.json");
    }

    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    public Path lock() {
        return path.resolve("lock");
    }

    public Path serverLog() {
        return path.resolve("server.log");
    }

    /** Where data go that have no other directory. */
    public Path data() {
        return path.resolve("data");
    }

    /** The source's configuration files. */
    Path originals() {
        return path.resolve("original");
    }

    /** What rescues from the copy left: scripts, and a journal of each. */
    public Path rescue() {
        return path.resolve("rescue");
    }

    Path spool() {
        return path.resolve("spool");
    }

    Path socket() {
        return path.resolve("s");
    }
}
