package dev.lifeboat.restore;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The plan that a window hands to the process that carries it out: a file in the restore's own
 * folder, which that process removes once it has read it. A plan that nobody came for is replaced
 * by the next one for the same restore.
 */
public final class HandedPlan {
    private HandedPlan() {}

    /**
     * Writes it where {@link #taken} expects it, readable by this user alone.
     *
     * @throws RecoveryException HOST_FAILURE, NO_SPACE
     */
    public static Path write(RestoreFolder folder, RestorePlan plan, Host host)
            throws RecoveryException {
        folder.create(host);
        host.files().writeDurably(folder.handed(), PlanJson.write(plan), host.currentUser());
        return folder.handed();
    }

    /**
     * Removes the file that was read, if a window made it; one that a person saved stays.
     *
     * @throws RecoveryException HOST_FAILURE
     */
    public static void taken(Path file, RestoreFolder folder) throws RecoveryException {
        if (!file.toAbsolutePath().normalize().equals(folder.handed().normalize())) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            throw FileProblem.of("The plan that was handed over cannot be removed", file, refused);
        }
    }
}
