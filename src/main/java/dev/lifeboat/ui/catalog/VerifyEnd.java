package dev.lifeboat.ui.catalog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.Notices;
import dev.lifeboat.ui.task.Jobs;

/** Tells how a verification ended. */
final class VerifyEnd {
    private static final JsonMapper JSON = new JsonMapper();

    private VerifyEnd() {}

    static void tell(CatalogRow row, Jobs.Ended ended, Notices notices, Runnable refresh) {
        if (ended.exitCode() == 0) {
            notices.done(Messages.text("catalog.verified", row.id()));
        } else {
            notices.problem(problem(row, ended));
        }
        refresh.run();
    }

    /** The command's own problem, or else the first of those it found. */
    static Problem problem(CatalogRow row, Jobs.Ended ended) {
        try {
            JsonNode document = JSON.readTree(String.join("\n", ended.results()));
            JsonNode told = document.path("problem");
            if (told.isMissingNode()) {
                told = document.path("problems").path(0);
            }
            return new Problem(
                    ProblemCode.valueOf(told.path("code").asText("")),
                    told.path("what").asText(),
                    told.path("why").asText(),
                    told.path("remedy").asText());
        } catch (JacksonException | IllegalArgumentException notTold) {
            return new Problem(
                    ProblemCode.PROGRAM_FAILED,
                    Messages.text("catalog.verifyFailed", row.id()),
                    Messages.text("catalog.verifyFailedWhy", ended.exitCode()),
                    Messages.text("catalog.verifyFailedRemedy", ended.twin()));
        }
    }
}
