package dev.lifeboat.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** An event as one line of JSON: {@code {"at":...,"event":...,fields...}}. */
public final class EventJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
            new TypeReference<>() {};

    private EventJson() {}

    /** The line, without its line break. */
    public static String write(Event event) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", event.at().toString());
        members.put("event", event.name());
        members.putAll(event.fields());
        try {
            return MAPPER.writeValueAsString(members);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(
                    "event '" + event.name() + "' has a field that is no plain value", impossible);
        }
    }

    /** The event, or empty when the line is none: torn by a crash, or damaged. */
    public static Optional<Event> read(String line) {
        try {
            var members = MAPPER.readValue(line, MEMBERS);
            Object at = members.remove("at");
            Object name = members.remove("event");
            if (at == null || name == null) {
                return Optional.empty();
            }
            return Optional.of(new Event(Instant.parse(at.toString()), name.toString(), members));
        } catch (JsonProcessingException | DateTimeException torn) {
            return Optional.empty();
        }
    }
}
