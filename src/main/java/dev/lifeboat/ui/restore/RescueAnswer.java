package dev.lifeboat.ui.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.rescue.TableReport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@code rescue --json} said of each table. For any thread. */
final class RescueAnswer {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RescueAnswer() {}

    /**
     * The tables, in the order of the command.
     *
     * @param lines its stdout: one document
     * @throws RecoveryException PROGRAM_FAILED when it is no such document: nothing is taken for
     *     zero
     */
    static List<TableReport> read(List<String> lines) throws RecoveryException {
        try {
            JsonNode tables = MAPPER.readTree(String.join("\n", lines)).path("tables");
            if (!tables.isArray()) {
                throw unreadable("it names no tables");
            }
            List<TableReport> reports = new ArrayList<>();
            for (JsonNode table : tables) {
                reports.add(report(table));
            }
            return reports;
        } catch (JsonProcessingException broken) {
            throw unreadable(broken.getOriginalMessage());
        }
    }

    private static TableReport report(JsonNode table) throws RecoveryException {
        JsonNode samples = table.path("samples");
        return new TableReport(
                text(table, "table"),
                state(text(table, "state")),
                number(table, "missing"),
                number(table, "changed"),
                number(table, "new"),
                new TableReport.Samples(
                        texts(samples, "missing"),
                        texts(samples, "changed"),
                        texts(samples, "new")),
                texts(table, "triggers"),
                texts(table, "notes"),
                applied(table.path("applied")));
    }

    private static TableReport.State state(String word) throws RecoveryException {
        return switch (word) {
            case "present" -> TableReport.State.PRESENT;
            case "dropped" -> TableReport.State.DROPPED;
            default -> throw unreadable("'" + word + "' is no state of a table");
        };
    }

    private static Optional<TableReport.Applied> applied(JsonNode done) throws RecoveryException {
        if (!done.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                new TableReport.Applied(
                        done.path("tableCreated").asBoolean(),
                        number(done, "inserted"),
                        number(done, "conflicts"),
                        number(done, "updated"),
                        number(done, "changedMeanwhile"),
                        texts(done, "sequences"),
                        text(done, "database"),
                        Path.of(text(done, "script")),
                        Path.of(text(done, "undo"))));
    }

    private static String text(JsonNode node, String field) throws RecoveryException {
        if (!node.path(field).isTextual()) {
            throw unreadable("'" + field + "' is missing");
        }
        return node.get(field).asText();
    }

    private static long number(JsonNode node, String field) throws RecoveryException {
        if (!node.path(field).isIntegralNumber()) {
            throw unreadable("'" + field + "' is missing");
        }
        return node.get(field).asLong();
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static RecoveryException unreadable(String why) {
        return new RecoveryException(
                ProblemCode.PROGRAM_FAILED,
                "What the rescue answered cannot be read.",
                "Its answer is not what it should be: " + why + ".",
                "Compare again; its scripts, if it wrote any, are in the folder of the restore.");
    }
}
