package dev.lifeboat.sandbox;

import java.util.Locale;

/** The application's tables, and how a row of each becomes one text that can be compared. */
enum AppTable {
    SCENARIOS("name || '|' || version"),
    SCENARIO_LOGS("scenario_id || '|' || message");

    private final String content;

    AppTable(String content) {
        this.content = content;
    }

    /** The name in the database. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All rows in order, as columns {@code id} and {@code content}. */
    String query() {
        return "SELECT id, " + content + " AS content FROM " + word() + " ORDER BY id";
    }
}
