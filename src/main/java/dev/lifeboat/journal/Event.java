package dev.lifeboat.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One fact of a job's history.
 *
 * @param at when it was written, UTC
 * @param name what happened, lower case with hyphens: {@code stage-ended}
 * @param fields details; values are strings, numbers, booleans, lists, maps or null. Never a secret
 */
public record Event(Instant at, String name, Map<String, Object> fields) {
    public Event {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The field as text, or empty when it is absent or null. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).map(Object::toString);
    }

    /** The field as a number, or 0 when it is absent or no number. */
    public long number(String field) {
        return fields.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** Whether the event has this name. */
    public boolean is(String expected) {
        return name.equals(expected);
    }
}
