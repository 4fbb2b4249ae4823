package dev.lifeboat.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/**
 * What a played scenario came to; {@code report.json} has these fields.
 *
 * @param verdict {@code recovered}, {@code not-recovered} or {@code environment-failed}
 * @param target the last one that the restore was given
 * @param plan of a restore to that target, as the program printed it
 * @param rtoSeconds from the incident until the restored server was checked; with a dropped table
 *     until it is in the live database again
 * @param rpoSeconds from the last transaction that is back to the last one that was committed
 *     before the incident's harm
 * @param stages what took how long; a restore that was moved on has some of them twice
 */
public record DemoReport(
        String scenario,
        String verdict,
        JsonNode target,
        JsonNode plan,
        RowComparison rows,
        double rtoSeconds,
        double rpoSeconds,
        List<Stage> stages,
        List<String> transcript) {
    /** A part of the recovery. */
    public record Stage(String name, double seconds) {}

    /** Whether the database is back. */
    public boolean recovered() {
        return verdict.equals("recovered");
    }
}
