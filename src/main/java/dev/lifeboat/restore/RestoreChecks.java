package dev.lifeboat.restore;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ServerProcess;
import dev.lifeboat.restore.place.ClaimedDirectory;

import java.nio.file.Path;

/** What may have changed between the plan and its execution. */
final class RestoreChecks {
    private static final long SEGMENTS_AT_ONCE = 128;
    private final RestoreSite site;

    RestoreChecks(RestoreSite site) {
        this.site = site;
    }

    /**
     * Looks again at everything the plan rests on.
     *
     * @throws RecoveryException PLAN_OUTDATED, TARGET_NOT_EMPTY, TARGET_IN_USE, TABLESPACE_TAKEN,
     *     PORT_TAKEN, NO_SPACE, TARGET_NOT_WRITABLE
     */
    void run() throws RecoveryException {
        requireSameHost();
        if (!site.history().ended(Stage.PLACE)) {
            requireSameManifest();
        }
        requireDirectory();
        for (ClaimedDirectory tablespace : site.tablespaces()) {
            if (tablespace.state() == ClaimedDirectory.State.FOREIGN) {
                throw taken(tablespace.path());
            }
        }
        requirePort();
        requireSpace();
    }

    private void requireSameHost() throws RecoveryException {
        String here = site.tools().host().name();
        if (!here.equals(site.plan().host())) {
            throw outdated(
                    "It was made for the machine '"
                            + site.plan().host()
                            + "', and this is '"
                            + here
                            + "'.");
        }
    }

    private void requireSameManifest() throws RecoveryException {
        String found =
                site.tools()
                        .backups()
                        .read(
                                site.plan().manifestKey(),
                                (_, bytes) -> Sha256.of(bytes.readAllBytes()).sha256());
        if (!found.equals(site.plan().manifestSha256())) {
            throw outdated(
                    "The manifest "
                            + site.plan().manifestKey()
                            + " is not the one it was made of.");
        }
    }

    private void requireDirectory() throws RecoveryException {
        ClaimedDirectory data = site.data();
        if (data.state() != ClaimedDirectory.State.FOREIGN) {
            return;
        }
        HostFiles files = site.tools().host().files();
        if (site.plan().renamedTo().isEmpty() || files.exists(site.plan().renamedTo().get())) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_EMPTY,
                    "The directory " + data.path() + " is not empty.",
                    "Something is in it that the plan does not know of.",
                    "Look what it is with: ls -la " + data.path() + "; then make a new plan.");
        }
        ServerProcess.requireNothingRuns(site.tools().host(), data.path());
    }

    private void requirePort() throws RecoveryException {
        if (!site.tools().host().ports().isFree(site.plan().port())) {
            throw new RecoveryException(
                    ProblemCode.PORT_TAKEN,
                    "The port " + site.plan().port() + " is taken.",
                    "Some server listens on it.",
                    "Make a new plan with another one: --port N.");
        }
    }

    private void requireSpace() throws RecoveryException {
        Path existing = site.plan().dataDirectory();
        long free = site.tools().host().files().freeBytes(existing);
        long segments = Math.min(site.plan().wal().segments().size(), SEGMENTS_AT_ONCE);
        long needed = site.plan().base().plainBytes() + segments * site.plan().wal().segmentBytes();
        boolean nothingPlaced = site.history().placedFrames().isEmpty();
        if (nothingPlaced && free < needed) {
            throw new RecoveryException(
                    ProblemCode.NO_SPACE,
                    "There is not enough space for this restore.",
                    existing
                            + " has "
                            + ByteSize.format(free)
                            + " free; base and WAL need "
                            + ByteSize.format(needed)
                            + ".",
                    "Free space there, or choose another directory with --into DIR.");
        }
    }

    private static RecoveryException taken(Path directory) {
        return new RecoveryException(
                ProblemCode.TABLESPACE_TAKEN,
                "The directory " + directory + " of a tablespace is taken.",
                "Something is in it that this restore did not put there.",
                "Choose another directory for it, and make a new plan.");
    }

    private static RecoveryException outdated(String why) {
        return new RecoveryException(
                ProblemCode.PLAN_OUTDATED,
                "The plan is not carried out.",
                why,
                "Make a new plan, and review it: lifeboat restore --plan ...");
    }
}
