package dev.lifeboat.ui.timeline;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a transaction touched.
 *
 * @param relations by name with schema, or by their numbers where there is no name
 * @param rows how many it inserted, updated or deleted; empty when WAL does not tell
 */
public record Touched(List<String> relations, OptionalLong rows) {
    public Touched {
        relations = List.copyOf(relations);
    }

    /** Nothing is known of it, yet or at all. */
    static Touched unknown() {
        return new Touched(List.of(), OptionalLong.empty());
    }

    String relationsText() {
        return String.join(", ", relations);
    }

    String rowsText() {
        return rows.isPresent() ? String.format(Locale.ROOT, "%,d", rows.getAsLong()) : "";
    }
}
