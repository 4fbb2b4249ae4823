package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the checks of a restored database found, beside the state before. Plain. */
final class Findings {
    private static final String ROWS = "rows:";
    private static final String NEWEST = "newest:";

    private Findings() {}

    /**
     * One check.
     *
     * @param id as the journal has it
     * @param expected what it was compared with; empty where people judge
     * @param before what was written down before the restore; empty where nothing was
     */
    record Row(String id, Role role, String measured, String expected, String before) {}

    /** In the order they were made; empty before there are any. */
    static List<Row> of(RestoreView view, Optional<DatabaseState> before) {
        List<Row> rows = new ArrayList<>();
        for (Map<?, ?> finding : found(view)) {
            String id = text(finding, "id");
            rows.add(
                    new Row(
                            id,
                            role(text(finding, "state")),
                            text(finding, "measured"),
                            text(finding, "expected"),
                            before.flatMap(state -> before(id, state)).orElse("")));
        }
        return rows;
    }

    /** When they were found; of a copy that takes writes since, that they are of before. */
    static String when(RestoreView view, TimeText times) {
        String at = view.checkedAt().map(times::both).orElse("–");
        return view.promotedSinceChecked()
                .map(since -> Messages.text("run.findings.paused", at, times.both(since)))
                .orElse(Messages.text("run.findings.at", at));
    }

    private static List<Map<?, ?>> found(RestoreView view) {
        Object all = view.checks().map(fields -> fields.get("findings")).orElse(List.of());
        List<Map<?, ?>> maps = new ArrayList<>();
        if (all instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    private static Optional<String> before(String id, DatabaseState state) {
        if (id.startsWith(ROWS)) {
            return state.table(id.substring(ROWS.length())).flatMap(Findings::rows);
        }
        if (id.startsWith(NEWEST)) {
            return state.table(id.substring(NEWEST.length())).flatMap(DatabaseState.Table::newest);
        }
        return id.equals("tables")
                ? Optional.of(String.valueOf(state.tables().size() + state.moreTables()))
                : Optional.empty();
    }

    private static Optional<String> rows(DatabaseState.Table table) {
        OptionalLong rows = table.rows();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of((table.counted() ? "" : "≈ ") + rows.getAsLong());
    }

    /** A state that this window does not know is not called good. */
    private static Role role(String state) {
        return switch (state) {
            case "ok" -> Role.OK;
            case "failed" -> Role.DANGER;
            default -> Role.WARN;
        };
    }

    /**
     * The tables of the copy that the live database lacked; empty where not all of its tables were
     * written down.
     */
    static List<String> lacking(RestoreView view, DatabaseState live) {
        return live.moreTables() > 0
                ? List.of()
                : found(view).stream()
                        .map(finding -> text(finding, "id"))
                        .filter(id -> id.startsWith(ROWS))
                        .map(id -> id.substring(ROWS.length()))
                        .filter(table -> live.table(table).isEmpty())
                        .toList();
    }

    /** A query for the newest rows of each table that has a time, by the table's name. */
    static Map<String, String> newest(RestoreView view) {
        Map<String, String> queries = new java.util.LinkedHashMap<>();
        for (Map<?, ?> finding : found(view)) {
            String id = text(finding, "id");
            String[] measured = text(finding, "measured").split(" ", 2);
            int dot = id.indexOf('.');
            if (id.startsWith(NEWEST) && dot > 0 && measured.length == 2) {
                String schema = id.substring(NEWEST.length(), dot);
                queries.put(
                        id.substring(NEWEST.length()),
                        "select * from "
                                + quoted(schema)
                                + "."
                                + quoted(id.substring(dot + 1))
                                + " order by "
                                + quoted(measured[0])
                                + " desc nulls last limit 20");
            }
        }
        return queries;
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String text(Map<?, ?> finding, String field) {
        Object value = finding.get(field);
        return value == null ? "" : value.toString();
    }
}
