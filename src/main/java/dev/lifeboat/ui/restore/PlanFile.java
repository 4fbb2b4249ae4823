package dev.lifeboat.ui.restore;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.PlanJson;
import dev.lifeboat.restore.RestorePlan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the plan that is shown is handed to the process that carries it out. For any thread. */
final class PlanFile {
    private PlanFile() {}

    /**
     * Writes it to a file of its own, readable by this user alone.
     *
     * @throws RecoveryException HOST_FAILURE
     */
    static Path write(RestorePlan plan) throws RecoveryException {
        try {
            Path file = Files.createTempFile("lifeboat-plan-", ".json");
            Files.write(file, PlanJson.write(plan));
            return file;
        } catch (IOException refused) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The plan cannot be written down, so the restore does not start.",
                    "The system answered: " + refused.getMessage() + ".",
                    "Free space in the temporary folder and press Start again.",
                    refused);
        }
    }
}
