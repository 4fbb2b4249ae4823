package dev.lifeboat.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

import dev.lifeboat.host.Host;
import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a restore when it ends: plan, checklist with its evidence, stages with their
 * seconds, what was reached and found, what was rescued from it, every event, the problem. It holds
 * no secret, since none of these does.
 */
public final class RestoreRecord {
    /** A reader refuses a major version it does not know. */
    static final String FORMAT = "1.1";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private RestoreRecord() {}

    /**
     * The record as a document.
     *
     * @throws RecoveryException HOST_FAILURE when the checklist that was kept cannot be read
     */
    public static JsonNode of(RestoreFolder folder, RestoreView view, Host host)
            throws RecoveryException {
        return of(folder, view.plan(), view.history(), view.state(), host);
    }

    static JsonNode of(
            RestoreFolder folder,
            RestorePlan plan,
            RestoreHistory history,
            RestoreState state,
            Host host)
            throws RecoveryException {
        ObjectNode record = MAPPER.createObjectNode();
        record.put("formatVersion", FORMAT);
        record.put("id", plan.id());
        record.put("state", state.word());
        record.put("tool", plan.tool());
        record.put("host", plan.host());
        record.put("target", target(plan));
        record.put("startedAt", at(history.events().stream().findFirst()));
        record.put(
                "endedAt",
                at(Optional.of(history.events()).filter(e -> !e.isEmpty()).map(List::getLast)));
        record.set("plan", PlanJson.tree(plan));
        record.put("planDigest", PlanJson.digest(plan));
        record.set("checklist", checklist(folder, host));
        record.set("stages", stages(history));
        record.set("reached", fields(history.leg().last(RestoreHistory.ARRIVED)));
        record.set("checks", fields(history.leg().last(RestoreHistory.VERIFIED)));
        record.put("checkedAt", at(history.checks()));
        record.put("promotedAt", at(history.leg().last(RestoreHistory.PROMOTED)));
        record.set("rescues", rescues(RescueJournal.read(folder)));
        record.set("problem", problem(history));
        record.set(
                "events",
                MAPPER.valueToTree(history.events().stream().map(RestoreRecord::line).toList()));
        return record;
    }

    private static String target(RestorePlan plan) {
        return switch (plan) {
            case PhysicalPlan physical -> TargetWords.of(physical, ZoneOffset.UTC);
            case LogicalPlan logical -> logical.target().confirmText();
        };
    }

    static byte[] bytes(JsonNode record) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always JSON", impossible);
        }
    }

    /** The checklist as a file of the restore's folder. */
    static byte[] bytes(List<Evidence> checklist) {
        return bytes(MAPPER.<JsonNode>valueToTree(checklist));
    }

    private static JsonNode checklist(RestoreFolder folder, Host host) throws RecoveryException {
        if (!host.files().exists(folder.checklist())) {
            return MAPPER.createArrayNode();
        }
        String text = host.files().readText(folder.checklist());
        try {
            return MAPPER.readTree(text);
        } catch (IOException damaged) {
            return MAPPER.createArrayNode().add("The checklist that was kept cannot be read.");
        }
    }

    private static JsonNode stages(RestoreHistory history) {
        return MAPPER.valueToTree(
                history.seconds().entrySet().stream()
                        .map(
                                stage ->
                                        Map.of(
                                                "name", stage.getKey().word(),
                                                "seconds", stage.getValue()))
                        .toList());
    }

    private static JsonNode rescues(RescueJournal.Found found) {
        ArrayNode rescues = MAPPER.createArrayNode();
        found.rescues().forEach(rescue -> rescues.add(MAPPER.valueToTree(rescue.fields())));
        found.unreadable().forEach(rescues::add);
        return rescues;
    }

    private static JsonNode problem(RestoreHistory history) {
        return MAPPER.valueToTree(
                history.failure().map(event -> event.fields().get("problem")).orElse(null));
    }

    private static JsonNode fields(Optional<Event> event) {
        return MAPPER.valueToTree(event.map(Event::fields).orElse(null));
    }

    private static Map<String, Object> line(Event event) {
        var line = new LinkedHashMap<String, Object>();
        line.put("at", event.at().toString());
        line.put("event", event.name());
        line.putAll(event.fields());
        return line;
    }

    private static String at(Optional<Event> event) {
        return event.map(Event::at).map(Instant::toString).orElse(null);
    }
}
