package dev.lifeboat.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;

import java.time.Instant;

/** The incident of the table that somebody dropped, and how it comes back. For one thread. */
final class DroppedTable {
    private static final String TABLE = "scenario_logs";

    private final Sandbox sandbox;
    private final CommandRunner commands;
    private final Narrator narrator;

    DroppedTable(Sandbox sandbox, CommandRunner commands, Narrator narrator) {
        this.sandbox = sandbox;
        this.commands = commands;
        this.narrator = narrator;
    }

    /** Drops it, and says when the server committed that. */
    Instant drop() throws RecoveryException {
        try (Database session = sandbox.server().connect()) {
            long xid =
                    session.transaction(
                            database -> {
                                database.execute("DROP TABLE " + TABLE);
                                return database.one(
                                        row -> row.number("xid"),
                                        "SELECT pg_current_xact_id()::text::bigint AS xid");
                            });
            Instant harm =
                    session.one(
                            row -> row.instant("at"),
                            "SELECT pg_xact_commit_timestamp(?::text::xid) AS at",
                            Long.toString(xid));
            narrator.say("INCIDENT: somebody dropped the table " + TABLE + " at " + harm + ".");
            return harm;
        }
    }

    /** As the operator would find it: nobody wrote down when it happened. */
    String justBeforeTheDrop() throws RecoveryException {
        JsonNode found = commands.run("wal", "find", "--kind", "drop");
        for (JsonNode transaction : found.path("transactions")) {
            for (JsonNode relation : transaction.path("relations")) {
                if (relation.asText().endsWith("." + TABLE)) {
                    String target = transaction.path("stopBefore").path("value").asText();
                    narrator.say(
                            "FOUND: transaction %s dropped %s at %s; the restore stops before %s."
                                    .formatted(
                                            transaction.path("xid").asText(),
                                            relation.asText(),
                                            transaction.path("commitTime").asText(),
                                            target));
                    return target;
                }
            }
        }
        throw SandboxProblems.failed(
                "The dropped table was not found in the WAL.",
                "lifeboat wal find --kind drop does not name " + TABLE + ".");
    }

    /** The table comes back from the copy into the live database, which goes on writing. */
    void rescue(JsonNode copy) throws RecoveryException {
        String id = copy.path("id").asText();
        JsonNode table =
                commands.run("rescue", id, "--table", TABLE, "--apply").path("tables").path(0);
        narrator.say(
                "RESCUED: %s is in the live database again, with %s rows; nothing was rolled back."
                        .formatted(
                                table.path("table").asText(),
                                table.path("applied").path("inserted").asText()));
    }

    /** Whether the live database holds every row that the traffic committed, before and after. */
    boolean isLiveWhole() throws RecoveryException {
        try (Database live = sandbox.server().connect()) {
            RowComparison rows =
                    RowComparison.of(ExpectedRows.at(sandbox.record(), Instant.MAX), live);
            narrator.say(
                    "The live database: rows expected %d, found %d, missing %d, unexpected %d."
                            .formatted(
                                    rows.expected(),
                                    rows.found(),
                                    rows.missing(),
                                    rows.unexpected()));
            return rows.holds();
        }
    }
}
