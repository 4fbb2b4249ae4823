package dev.lifeboat.restore.proof;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one check of a restored database found.
 *
 * @param id {@code connectivity}, {@code tables}, {@code rows:TABLE}, {@code newest:TABLE} or
 *     {@code query:NAME}
 * @param measured what the database answered
 * @param expected what it was compared with; empty when it is told for people to judge
 */
public record Finding(String id, State state, String measured, String expected) {
    /** How it stands. */
    public enum State {
        OK,
        /** Something to look at that may be right: a table that was emptied before the target. */
        WARNING,
        FAILED;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", id);
        fields.put("state", state.word());
        fields.put("measured", measured);
        fields.put("expected", expected);
        return fields;
    }
}
