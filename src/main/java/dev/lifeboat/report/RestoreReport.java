package dev.lifeboat.report;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Makes the document of a restore from its record ({@code docs/format.md}, "Records"). */
public final class RestoreReport {
    private static final Set<String> GOOD =
            Set.of("paused", "promoted", "stopped", "restored", "handed-over");
    private static final String RESCUE = "Rows brought back into the live database";
    private static final int LONGEST_VALUE = 400;
    private final JsonNode record;

    private RestoreReport(JsonNode record) {
        this.record = record;
    }

    /** The document. What a record does not hold has no section. */
    public static Report of(JsonNode record) {
        return new RestoreReport(record).report();
    }

    private Report report() {
        String state = text(record, "state");
        List<Report.Section> sections = new ArrayList<>();
        sections.add(summary());
        add(sections, problem());
        add(sections, reached());
        add(sections, stages());
        add(sections, checklist());
        add(sections, checks());
        record.path("rescues").forEach(rescue -> sections.add(rescue(rescue)));
        add(sections, plan());
        add(sections, events());
        return new Report(
                "Restore " + text(record, "id"), verdict(state), GOOD.contains(state), sections);
    }

    private String verdict(String state) {
        return switch (state) {
            case "paused" -> "The restore reached its target and waits there, read-only.";
            case "promoted" -> "The restore reached its target and takes writes, sealed off.";
            case "stopped" -> "The restore reached its target; its server is stopped.";
            case "restored" -> "The backup was restored.";
            case "handed-over" -> "The restored server is the database.";
            case "failed" -> "The restore failed and cannot go on.";
            case "interrupted" -> "The restore was interrupted and can go on.";
            case "discarded" -> "The restore was discarded.";
            default -> "The restore is " + state + ".";
        };
    }

    private Report.Section summary() {
        List<List<String>> rows = new ArrayList<>();
        row(rows, "State", text(record, "state"));
        row(rows, "Target", text(record, "target"));
        row(rows, "Machine", text(record, "host"));
        row(rows, "Began (UTC)", text(record, "startedAt"));
        if (text(record, "state").equals("paused")) {
            row(rows, "Paused since (UTC)", pausedAt());
        } else {
            row(rows, "Ended (UTC)", text(record, "endedAt"));
        }
        row(rows, "Checked (UTC)", text(record, "checkedAt"));
        row(rows, "Promoted (UTC)", text(record, "promotedAt"));
        row(rows, "Plan digest (SHA-256)", text(record, "planDigest"));
        row(rows, "Lifeboat", text(record, "tool"));
        return new Report.Section("Summary", List.of(), rows);
    }

    private String pausedAt() {
        String at = "";
        for (JsonNode event : record.path("events")) {
            at = text(event, "event").equals("paused") ? text(event, "at") : at;
        }
        return at;
    }

    private Report.Section problem() {
        JsonNode problem = record.path("problem");
        List<List<String>> rows = new ArrayList<>();
        row(rows, "What happened", text(problem, "what"));
        row(rows, "Why", text(problem, "why"));
        row(rows, "What to do", text(problem, "remedy"));
        row(rows, "Code", text(problem, "code"));
        return new Report.Section("Problem", List.of(), rows);
    }

    private Report.Section reached() {
        return new Report.Section("Where it arrived", List.of(), pairs(record.path("reached")));
    }

    private Report.Section stages() {
        List<List<String>> rows = new ArrayList<>();
        double total = 0;
        for (JsonNode stage : record.path("stages")) {
            total += stage.path("seconds").asDouble();
            rows.add(List.of(text(stage, "name"), seconds(stage.path("seconds").asDouble())));
        }
        if (!rows.isEmpty()) {
            rows.add(List.of("all stages", seconds(total)));
        }
        return new Report.Section("Stages", List.of("Stage", "Seconds"), rows);
    }

    private Report.Section checklist() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : record.path("checklist")) {
            rows.add(
                    List.of(
                            text(item, "item"),
                            text(item, "state"),
                            text(item, "measured"),
                            text(item, "needed"),
                            said(item)));
        }
        return new Report.Section(
                "Checklist before the start",
                List.of("Item", "State", "Measured", "Needed", "Said by a person"),
                rows);
    }

    private static String said(JsonNode item) {
        String name = text(item, "attestedBy");
        String reason = text(item, "overriddenFor");
        if (!name.isEmpty()) {
            return "attested by " + name + at(item);
        }
        return reason.isEmpty() ? "" : "overridden: " + reason + at(item);
    }

    private static String at(JsonNode item) {
        String at = text(item, "saidAt");
        return at.isEmpty() ? "" : ", " + at;
    }

    private Report.Section checks() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode check : record.path("checks").path("findings")) {
            rows.add(
                    List.of(
                            text(check, "id"),
                            text(check, "state"),
                            text(check, "measured"),
                            text(check, "expected")));
        }
        return new Report.Section(
                checkedWhilePaused()
                        ? "Checks of the restored database, made before it was promoted"
                        : "Checks of the restored database",
                List.of("Check", "State", "Measured", "Expected"),
                rows);
    }

    private static Report.Section rescue(JsonNode rescue) {
        JsonNode copy = rescue.path("copy");
        List<List<String>> rows = new ArrayList<>();
        if (rescue.isTextual()) {
            row(rows, "Not told", value(rescue));
            return new Report.Section(RESCUE, List.of(), rows);
        }
        row(rows, "Began (UTC)", text(rescue, "at"));
        row(rows, "Ended (UTC)", text(rescue, "endedAt"));
        row(rows, "How it ended", ended(rescue));
        row(rows, "From the copy", text(copy, "state") + reached(copy));
        row(rows, "Into", text(rescue, "into"));
        row(rows, "Carried out by", text(rescue, "by"));
        row(rows, "Tables asked for", text(rescue, "asked"));
        for (JsonNode table : rescue.path("tables")) {
            row(rows, text(table, "table"), broughtBack(table));
        }
        return new Report.Section(RESCUE, List.of(), rows);
    }

    private static String reached(JsonNode copy) {
        String at = text(copy, "lsn").isEmpty() ? "" : ", at " + text(copy, "lsn");
        return text(copy, "time").isEmpty() ? at : at + ", last commit " + text(copy, "time");
    }

    private static String ended(JsonNode rescue) {
        return switch (text(rescue, "outcome")) {
            case "done" -> "all tables are done";
            case "failed" ->
                    "stopped; only the tables told below are done. "
                            + text(rescue.path("problem"), "what");
            default ->
                    "not told: it is under way, or was killed. The tables told below are done; the"
                            + " scripts beside the restore may tell of one more.";
        };
    }

    private static String broughtBack(JsonNode table) {
        long left = table.path("conflicts").asLong() + table.path("changedMeanwhile").asLong();
        String undo = text(table, "undo");
        return (table.path("tableCreated").asBoolean() ? "table created; " : "")
                + text(table, "inserted")
                + " rows brought back, "
                + text(table, "updated")
                + " changed, "
                + left
                + " left alone"
                + (undo.isEmpty() ? "" : "; undo: " + undo);
    }

    /** Of a copy that takes writes since. */
    private boolean checkedWhilePaused() {
        String checked = text(record, "checkedAt");
        String promoted = text(record, "promotedAt");
        return !checked.isEmpty()
                && !promoted.isEmpty()
                && Instant.parse(checked).isBefore(Instant.parse(promoted));
    }

    private Report.Section plan() {
        JsonNode plan = record.path("plan");
        List<List<String>> rows = new ArrayList<>();
        plan.properties().forEach(field -> part(rows, field.getKey(), field.getValue()));
        return new Report.Section("Plan", List.of(), rows);
    }

    /**
     * What is nested is told by its parts; what is long, as the base's files, by the JSON alone.
     */
    private static void part(List<List<String>> rows, String name, JsonNode node) {
        if (node.isObject() && isShort(node)) {
            node.properties()
                    .forEach(field -> part(rows, name + "." + field.getKey(), field.getValue()));
        } else if (node.isValueNode() || isShort(node)) {
            row(rows, name, value(node));
        }
    }

    private static boolean isShort(JsonNode node) {
        return node.toString().length() <= LONGEST_VALUE;
    }

    private Report.Section events() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode event : record.path("events")) {
            String details =
                    event.properties().stream()
                            .filter(f -> !f.getKey().equals("at") && !f.getKey().equals("event"))
                            .map(f -> f.getKey() + "=" + value(f.getValue()))
                            .collect(Collectors.joining(", "));
            rows.add(List.of(text(event, "at"), text(event, "event"), details));
        }
        return new Report.Section("Log", List.of("At (UTC)", "Event", "Details"), rows);
    }

    private static void add(List<Report.Section> sections, Report.Section section) {
        if (!section.rows().isEmpty()) {
            sections.add(section);
        }
    }

    private static List<List<String>> pairs(JsonNode node) {
        List<List<String>> rows = new ArrayList<>();
        node.properties().forEach(field -> row(rows, field.getKey(), value(field.getValue())));
        return rows;
    }

    private static void row(List<List<String>> rows, String name, String value) {
        if (!value.isEmpty()) {
            rows.add(List.of(name, value));
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String text(JsonNode node, String field) {
        return value(node.path(field));
    }

    private static String value(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return "";
        }
        if (node.isArray()
                && StreamSupport.stream(node.spliterator(), false)
                        .allMatch(JsonNode::isValueNode)) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
