package dev.lifeboat.rescue;

import dev.lifeboat.kernel.ShellWords;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of one table, and what was done.
 *
 * @param table with schema
 * @param state whether the live database has the table
 * @param missing rows the copy has and the live database lacks
 * @param changed rows both have, with other values
 * @param added rows the live database alone has; they are left alone
 * @param samples some keys of each
 * @param triggers of the live table, that fire for each row that comes back
 * @param notes what an operator should know, full sentences
 * @param applied empty when nothing was to be done
 */
public record TableReport(
        String table,
        State state,
        long missing,
        long changed,
        long added,
        Samples samples,
        List<String> triggers,
        List<String> notes,
        Optional<Applied> applied) {
    /** Whether the live database has the table. */
    public enum State {
        PRESENT,
        DROPPED
    }

    /** Keys, at most {@link #MOST} of each; the values of a key are joined by commas. */
    public record Samples(List<String> missing, List<String> changed, List<String> added) {
        public static final int MOST = 20;
    }

    /**
     * What was done, in one transaction.
     *
     * @param inserted rows that came back
     * @param conflicts rows that something was in the way of, which came meanwhile
     * @param updated rows that got the copy's values
     * @param changedMeanwhile rows that were left alone, since they changed after the comparison
     * @param sequences that were moved on
     * @param database that was written to, as a URI without a password
     * @param script exactly what was done
     * @param undo what takes it back
     */
    public record Applied(
            boolean tableCreated,
            long inserted,
            long conflicts,
            long updated,
            long changedMeanwhile,
            List<String> sequences,
            String database,
            Path script,
            Path undo) {
        /** What a shell is given to take it back, in the database that was written to. */
        public String undoCommand() {
            return ShellWords.line(List.of("psql", "-X", database, "-f", undo.toString()));
        }
    }

    /** As the journal tells it; nothing came back unless it was applied. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("table", table);
        fields.put("tableCreated", applied.map(Applied::tableCreated).orElse(false));
        fields.put("inserted", applied.map(Applied::inserted).orElse(0L));
        fields.put("updated", applied.map(Applied::updated).orElse(0L));
        fields.put("conflicts", applied.map(Applied::conflicts).orElse(0L));
        fields.put("changedMeanwhile", applied.map(Applied::changedMeanwhile).orElse(0L));
        fields.put("script", applied.map(done -> done.script().toString()).orElse(null));
        fields.put("undo", applied.map(done -> done.undo().toString()).orElse(null));
        return fields;
    }

    /** The report with one more thing to know. */
    TableReport noting(String note) {
        var all = new ArrayList<>(notes);
        all.add(note);
        return new TableReport(
                table, state, missing, changed, added, samples, triggers, all, applied);
    }

    TableReport with(Applied done, List<String> more) {
        var all = new ArrayList<>(notes);
        all.addAll(more);
        return new TableReport(
                table, state, missing, changed, added, samples, triggers, all, Optional.of(done));
    }
}
