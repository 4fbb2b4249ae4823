package dev.lifeboat.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code report.json} and the transcript beside it. */
public final class DemoReportJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private DemoReportJson() {}

    /** Writes the report of a scenario that was played to its end. */
    public static void write(Path folder, DemoReport report) throws RecoveryException {
        ObjectNode document = MAPPER.valueToTree(report);
        document.remove("transcript");
        document.remove("recovered");
        write(folder, document, report.transcript());
    }

    /** Writes that the environment failed, and why. */
    public static void write(Path folder, Scenario scenario, Problem problem)
            throws RecoveryException {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("scenario", scenario.word());
        document.put("verdict", "environment-failed");
        document.putObject("problem")
                .put("code", problem.code().name())
                .put("what", problem.what())
                .put("why", problem.why())
                .put("remedy", problem.remedy());
        write(folder, document, List.of(problem.toString()));
    }

    private static void write(Path folder, ObjectNode document, List<String> transcript)
            throws RecoveryException {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("report.json"),
                    MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
            Files.write(folder.resolve("transcript.txt"), transcript);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report of plain records is always JSON", impossible);
        } catch (IOException refused) {
            throw SandboxProblems.io("The report cannot be written to " + folder + ".", refused);
        }
    }
}
