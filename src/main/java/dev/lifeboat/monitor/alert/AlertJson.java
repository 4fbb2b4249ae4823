package dev.lifeboat.monitor.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.monitor.Severity;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents that are sent and remembered.
 *
 * <p>Source: Slack API, "Sending messages using incoming webhooks"; PagerDuty Developer
 * Documentation, "Events API v2", Alert Event.
 */
final class AlertJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LONGEST_SUMMARY = 1024;

    private AlertJson() {}

    static String slack(String cluster, List<Change> changes) {
        var text = new StringBuilder("*Backups of ").append(escaped(cluster)).append("*");
        for (Change change : changes) {
            text.append('\n').append(mark(change)).append(' ');
            text.append(escaped(change.finding().says()));
            if (!change.finding().remedy().isEmpty()) {
                text.append("\n> ").append(escaped(change.finding().remedy()));
            }
        }
        return write(Map.of("text", text.toString()));
    }

    static String slack(String text) {
        return write(Map.of("text", escaped(text)));
    }

    private static String mark(Change change) {
        return switch (change.finding().severity()) {
            case OK -> ":white_check_mark: over:";
            case WARNING -> ":warning:";
            case CRITICAL -> ":rotating_light:";
        };
    }

    /** Slack's own three. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String pagerDuty(String cluster, String routingKey, Change change) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", routingKey);
        event.put("event_action", change.isOver() ? "resolve" : "trigger");
        event.put("dedup_key", "lifeboat/" + cluster + "/" + change.subject());
        Map<String, Object> payload = new LinkedHashMap<>();
        String says = cluster + ": " + change.finding().says();
        payload.put("summary", says.substring(0, Math.min(says.length(), LONGEST_SUMMARY)));
        payload.put("source", cluster);
        payload.put(
                "severity",
                change.finding().severity() == Severity.CRITICAL ? "critical" : "warning");
        payload.put("component", "backup");
        payload.put("class", change.finding().check().word());
        payload.put("custom_details", Map.of("remedy", change.finding().remedy()));
        event.put("payload", payload);
        return write(event);
    }

    static String told(Map<String, Map<String, Severity>> told) {
        return write(told);
    }

    /**
     * @throws IOException when it is something else
     */
    static Map<String, Map<String, Severity>> told(byte[] json) throws IOException {
        return MAPPER.readValue(json, new TypeReference<>() {});
    }

    private static String write(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values are always JSON", impossible);
        }
    }
}
