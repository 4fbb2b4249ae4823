package dev.lifeboat.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a scenario from a healthy server to a verdict: backups, an incident, a restore by the
 * program's own commands, and a comparison of every row with the record of the traffic.
 */
public final class Demo {
    /** The runbook's recovery point objective: a restore that loses more has not recovered. */
    private static final double PROMISED_RPO_SECONDS = 300;

    private static final int TRANSACTIONS_BEFORE_BACKUP = 100;
    private static final int TRANSACTIONS_BETWEEN = 150;

    private final Sandbox sandbox;
    private final Host host;
    private final Narrator narrator;
    private final Clock clock;
    private final CancelToken cancel;
    private final CommandRunner commands;
    private final DemoConsole console;
    private final List<DemoReport.Stage> stages = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();

    /**
     * @param launcher the program whose commands are run
     */
    public Demo(
            Sandbox sandbox,
            Host host,
            Path launcher,
            Narrator listener,
            Clock clock,
            CancelToken cancel) {
        this.sandbox = sandbox;
        this.host = host;
        this.clock = clock;
        this.cancel = cancel;
        this.narrator =
                line -> {
                    transcript.add(line);
                    listener.say(line);
                };
        this.commands = new CommandRunner(host, launcher, sandbox.variables(), narrator, cancel);
        this.console = new DemoConsole(sandbox, host, launcher, narrator, cancel);
    }

    /** What the incident did and what is to be restored. */
    private record Incident(Instant at, List<String> restore) {}

    /**
     * Plays it.
     *
     * @param pictures where the console's screens are left as PNG files
     * @throws RecoveryException ENVIRONMENT_FAILED and the like when it could not be played to its
     *     end
     */
    public DemoReport play(Scenario scenario, Optional<Path> pictures) throws RecoveryException {
        Incident incident = upToTheIncident(scenario);
        JsonNode plan = plan(incident);
        JsonNode finished = restore(incident);
        if (scenario == Scenario.DELETED_TABLE) {
            rescue(finished);
        }
        DemoReport report = judge(scenario, incident, plan, finished);
        pictures.ifPresent(this::takePictures);
        discard(finished);
        return report;
    }

    /**
     * Plays up to the incident and leaves the rest to whoever sits before the window; comes back
     * when it is closed.
     *
     * @param environment this program's variables, of which the window gets those of the display
     * @throws RecoveryException as {@link #play}
     */
    public void handOver(Scenario scenario, Map<String, String> environment)
            throws RecoveryException {
        upToTheIncident(scenario);
        narrator.say("The window opens on it. Close it to end the sandbox.");
        try {
            console.open(environment);
        } finally {
            console.discardRestores(commands);
        }
    }

    private Incident upToTheIncident(Scenario scenario) throws RecoveryException {
        narrator.say("The sandbox lies in " + sandbox.folder() + "; traffic is running.");
        awaitTraffic(TRANSACTIONS_BEFORE_BACKUP);
        commands.run("backup", "base");
        commands.run("backup", "full");
        awaitTraffic(TRANSACTIONS_BETWEEN);
        return strike(scenario);
    }

    /** Pictures are an extra: that they fail is said, and changes no verdict. */
    private void takePictures(Path folder) {
        try {
            console.pictures(folder);
            narrator.say("The window's screens are in " + folder + ".");
        } catch (RecoveryException failed) {
            narrator.say("No pictures: " + failed.problem());
        }
    }

    private Incident strike(Scenario scenario) throws RecoveryException {
        return switch (scenario) {
            case DELETED_TABLE -> deleteTable();
            case LOST_SERVER -> loseServer();
            case LOST_REGION -> loseRegion();
        };
    }

    private Incident deleteTable() throws RecoveryException {
        Instant harm;
        try (Database session = sandbox.server().connect()) {
            long xid =
                    session.transaction(
                            database -> {
                                database.execute("DROP TABLE scenario_logs");
                                return database.one(
                                        row -> row.number("xid"),
                                        "SELECT pg_current_xact_id()::text::bigint AS xid");
                            });
            harm =
                    session.one(
                            row -> row.instant("at"),
                            "SELECT pg_xact_commit_timestamp(?::text::xid) AS at",
                            Long.toString(xid));
        }
        narrator.say("INCIDENT: somebody dropped the table scenario_logs at " + harm + ".");
        awaitTraffic(TRANSACTIONS_BETWEEN / 3);
        commands.run("backup", "wal");
        return new Incident(
                harm,
                List.of(
                        "latest",
                        "--target-lsn",
                        justBeforeTheDrop(),
                        "--exclusive",
                        "--action",
                        "promote"));
    }

    /** As the operator would: nobody wrote down when it happened. */
    private String justBeforeTheDrop() throws RecoveryException {
        JsonNode found = commands.run("wal", "find", "--kind", "drop");
        for (JsonNode transaction : found.path("transactions")) {
            for (JsonNode relation : transaction.path("relations")) {
                if (relation.asText().endsWith(".scenario_logs")) {
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
                "lifeboat wal find --kind drop does not name scenario_logs.");
    }

    private Incident loseServer() throws RecoveryException {
        sandbox.loseServer();
        Instant harm = clock.instant();
        narrator.say("INCIDENT: the server is gone, its data directory with it, at " + harm + ".");
        return new Incident(harm, List.of("latest", "--target", "latest", "--action", "promote"));
    }

    private Incident loseRegion() throws RecoveryException {
        sandbox.replicateNow();
        sandbox.losePrimaryRegion();
        sandbox.loseServer();
        Instant harm = clock.instant();
        narrator.say(
                "INCIDENT: the region us-east-1 is gone, server and buckets, at " + harm + ".");
        return new Incident(
                harm,
                List.of("latest", "--target", "latest", "--region", "dr", "--action", "promote"));
    }

    private JsonNode plan(Incident incident) throws RecoveryException {
        var arguments = new ArrayList<>(incident.restore());
        arguments.addFirst("restore");
        arguments.add("--plan");
        return commands.run(arguments, event -> {}).path("plan");
    }

    private JsonNode restore(Incident incident) throws RecoveryException {
        var arguments = new ArrayList<>(incident.restore());
        arguments.addFirst("restore");
        return commands.run(arguments, this::noteStage);
    }

    private void noteStage(JsonNode event) {
        if (event.path("event").asText().equals("stage-ended")) {
            String name = event.path("stage").asText();
            double seconds = event.path("seconds").asDouble();
            stages.add(new DemoReport.Stage(name, seconds));
            narrator.say("  %-10s %6.2f s".formatted(name, seconds));
        }
    }

    private DemoReport judge(Scenario scenario, Incident incident, JsonNode plan, JsonNode finished)
            throws RecoveryException {
        Instant reached = Instant.parse(finished.path("reached").path("time").asText());
        Instant until =
                scenario == Scenario.DELETED_TABLE ? incident.at().minusNanos(1000) : reached;
        sandbox.traffic().close();
        ExpectedRows expected = ExpectedRows.at(sandbox.record(), until);
        ExpectedRows atHarm = ExpectedRows.at(sandbox.record(), incident.at().minusNanos(1000));
        RowComparison rows = compare(finished, expected);
        double rto = seconds(Duration.between(incident.at(), clock.instant()));
        double rpo =
                seconds(
                        Duration.between(
                                expected.lastCommit().orElse(until),
                                atHarm.lastCommit().orElse(until)));
        boolean live = scenario != Scenario.DELETED_TABLE || isLiveWhole();
        boolean recovered = rows.holds() && live && rpo <= PROMISED_RPO_SECONDS;
        String verdict = recovered ? "recovered" : "not-recovered";
        narrator.say(
                "VERDICT: %s. Rows expected %d, found %d, missing %d, unexpected %d. RTO %.1f s, RPO %.1f s."
                        .formatted(
                                verdict,
                                rows.expected(),
                                rows.found(),
                                rows.missing(),
                                rows.unexpected(),
                                rto,
                                rpo));
        return new DemoReport(
                scenario.word(),
                verdict,
                finished.path("target"),
                plan,
                rows,
                rto,
                rpo,
                List.copyOf(stages),
                List.copyOf(transcript));
    }

    private RowComparison compare(JsonNode finished, ExpectedRows expected)
            throws RecoveryException {
        String connection = finished.path("connection").asText();
        narrator.say("The restored server answers at: " + connection);
        try (var spec = ConnectionSpec.parse(connection, Map.of(), host.currentUser());
                Database restored = Database.connect(spec, cancel)) {
            return RowComparison.of(expected, restored);
        }
    }

    /** The table comes back into the live database, which goes on writing. */
    private void rescue(JsonNode finished) throws RecoveryException {
        String id = finished.path("id").asText();
        JsonNode table =
                commands.run("rescue", id, "--table", "scenario_logs", "--apply")
                        .path("tables")
                        .path(0);
        narrator.say(
                "RESCUED: %s is in the live database again, with %s rows; nothing was rolled back."
                        .formatted(
                                table.path("table").asText(),
                                table.path("applied").path("inserted").asText()));
    }

    /** Whether the live database holds every row that the traffic committed, before and after. */
    private boolean isLiveWhole() throws RecoveryException {
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

    /** The sandbox is cleared away; a restored server must not outlive it. */
    private void discard(JsonNode finished) throws RecoveryException {
        String id = finished.path("id").asText();
        commands.run("restores", "discard", id, "--confirm", id);
    }

    private void awaitTraffic(int transactions) throws RecoveryException {
        long goal = sandbox.traffic().committed() + transactions;
        long before = -1;
        for (int quiet = 0; sandbox.traffic().committed() < goal; ) {
            cancel.sleep(Duration.ofMillis(100));
            long now = sandbox.traffic().committed();
            quiet = now == before ? quiet + 1 : 0;
            before = now;
            if (quiet > 300) {
                throw SandboxProblems.failed(
                        "The sandbox's traffic stands still.",
                        "No transaction committed for 30 seconds; " + now + " had.");
            }
        }
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis() / 1000.0);
    }
}
