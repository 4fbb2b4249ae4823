package dev.lifeboat.restore.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The state of a database as a restore keeps it. */
public final class DatabaseStateJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private DatabaseStateJson() {}

    /** The file's content, UTF-8. */
    public static byte[] write(DatabaseState state) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("database", state.database());
        node.put("takenAt", state.takenAt().toString());
        node.put("server", state.server());
        state.sizeBytes().ifPresent(bytes -> node.put("sizeBytes", bytes));
        node.put("moreTables", state.moreTables());
        new TreeMap<>(state.extensions()).forEach(node.putObject("extensions")::put);
        var tables = node.putArray("tables");
        for (DatabaseState.Table table : state.tables()) {
            ObjectNode row = tables.addObject();
            row.put("name", table.name());
            table.rows().ifPresent(rows -> row.put("rows", rows));
            row.put("counted", table.counted());
            row.put("bytes", table.bytes());
            table.newest().ifPresent(newest -> row.put("newest", newest));
        }
        return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} made.
     *
     * @param source for the text of a problem
     * @throws RecoveryException JOURNAL_DAMAGED when it is something else
     */
    public static DatabaseState read(String content, String source) throws RecoveryException {
        try {
            JsonNode node = MAPPER.readTree(content);
            List<DatabaseState.Table> tables = new ArrayList<>();
            node.required("tables").forEach(row -> tables.add(table(row)));
            Map<String, String> extensions = new TreeMap<>();
            node.required("extensions")
                    .properties()
                    .forEach(entry -> extensions.put(entry.getKey(), entry.getValue().asText()));
            return new DatabaseState(
                    node.required("database").asText(),
                    Instant.parse(node.required("takenAt").asText()),
                    node.required("server").asText(),
                    number(node, "sizeBytes"),
                    tables,
                    node.required("moreTables").asInt(),
                    extensions);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException wrong) {
            throw new RecoveryException(
                    ProblemCode.JOURNAL_DAMAGED,
                    "The documented state in " + source + " cannot be read.",
                    "It is not what Lifeboat writes there.",
                    "Compare by hand; the restore itself is not affected.",
                    wrong);
        }
    }

    private static DatabaseState.Table table(JsonNode row) {
        return new DatabaseState.Table(
                row.required("name").asText(),
                number(row, "rows"),
                row.required("counted").asBoolean(),
                row.required("bytes").asLong(),
                Optional.ofNullable(row.get("newest")).map(JsonNode::asText));
    }

    private static OptionalLong number(JsonNode node, String field) {
        return node.has(field) ? OptionalLong.of(node.get(field).asLong()) : OptionalLong.empty();
    }
}
