package dev.lifeboat.restore;

import dev.lifeboat.journal.Event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that came, or were to come, from a restored copy into the live database: one run.
 *
 * @param began what was asked for
 * @param tables what was done to each, as far as it came
 * @param end empty while it is under way, and for ever when it was killed
 */
public record Rescue(Event began, List<Event> tables, Optional<Event> end) {
    /** When it began. */
    public Instant at() {
        return began.at();
    }

    /** The live database, as {@code DATABASE@HOST:PORT}. */
    public String into() {
        return began.text("into").orElse("");
    }

    /** The tables that were asked for. */
    public List<String> asked() {
        return began.fields().get("asked") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The tables that were done. */
    public List<String> done() {
        return tables.stream().flatMap(event -> event.text("table").stream()).toList();
    }

    /** Rows that came back, over all tables. */
    public long inserted() {
        return tables.stream().mapToLong(event -> event.number("inserted")).sum();
    }

    /** Rows that got the values of the copy, over all tables. */
    public long updated() {
        return tables.stream().mapToLong(event -> event.number("updated")).sum();
    }

    /** {@code done}, {@code failed}, or {@code not-told} where nothing says how it ended. */
    public String outcome() {
        return end.map(event -> event.fields().containsKey("problem") ? "failed" : "done")
                .orElse("not-told");
    }

    /** What stopped it, in one sentence; empty unless something did. */
    public Optional<String> stoppedBy() {
        return end.map(event -> event.fields().get("problem"))
                .filter(Map.class::isInstance)
                .map(told -> String.valueOf(((Map<?, ?>) told).get("what")));
    }

    /** As the record has it. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("at", at().toString());
        fields.put("endedAt", end.map(event -> event.at().toString()).orElse(null));
        fields.put("outcome", outcome());
        fields.putAll(began.fields());
        fields.put("tables", tables.stream().map(Event::fields).toList());
        fields.put("problem", end.map(event -> event.fields().get("problem")).orElse(null));
        return fields;
    }
}
