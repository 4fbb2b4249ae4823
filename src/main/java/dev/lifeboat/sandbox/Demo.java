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
    private final DroppedTable droppedTable;
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
        this.droppedTable = new DroppedTable(sandbox, commands, narrator);
    }

    /**
     * What the incident did and how the program is to answer it.
     *
     * @param target that of the restore, as arguments
     * @param first an earlier target, at which somebody looks at the copy before it goes on to
     *     {@code target} and, because the damage's lock is held there, is promoted; empty when it
     *     goes there at once
     */
    private record Incident(Instant at, List<String> target, List<String> first) {
        Incident(Instant at, List<String> target) {
            this(at, target, List.of());
        }
    }

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
            droppedTable.rescue(finished);
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
        Instant calm = clock.instant();
        awaitTraffic(TRANSACTIONS_BETWEEN / 3);
        Instant harm = droppedTable.drop();
        awaitTraffic(TRANSACTIONS_BETWEEN / 3);
        commands.run("backup", "wal");
        return new Incident(
                harm,
                List.of("--target-lsn", droppedTable.justBeforeTheDrop(), "--exclusive"),
                List.of("--target-time", calm.toString()));
    }

    private Incident loseServer() throws RecoveryException {
        sandbox.loseServer();
        Instant harm = clock.instant();
        narrator.say("INCIDENT: the server is gone, its data directory with it, at " + harm + ".");
        return new Incident(harm, List.of("--target", "latest", "--action", "promote"));
    }

    private Incident loseRegion() throws RecoveryException {
        sandbox.replicateNow();
        sandbox.losePrimaryRegion();
        sandbox.loseServer();
        Instant harm = clock.instant();
        narrator.say(
                "INCIDENT: the region us-east-1 is gone, server and buckets, at " + harm + ".");
        return new Incident(
                harm, List.of("--target", "latest", "--region", "dr", "--action", "promote"));
    }

    private JsonNode plan(Incident incident) throws RecoveryException {
        var arguments = restoreTo(incident.target());
        arguments.add("--plan");
        return commands.run(arguments, event -> {}).path("plan");
    }

    private static List<String> restoreTo(List<String> target) {
        var arguments = new ArrayList<>(List.of("restore", "latest"));
        arguments.addAll(target);
        return arguments;
    }

    private JsonNode restore(Incident incident) throws RecoveryException {
        if (incident.first().isEmpty()) {
            return commands.run(restoreTo(incident.target()), this::noteStage);
        }
        JsonNode paused = commands.run(restoreTo(incident.first()), this::noteStage);
        look(paused);
        var arguments = new ArrayList<>(List.of("restores", "advance", paused.path("id").asText()));
        arguments.addAll(incident.target());
        commands.run(arguments, this::noteStage);
        return commands.run(
                List.of("restores", "promote", paused.path("id").asText()), this::noteStage);
    }

    /** The copy waits at its first target; what it holds there is compared like the end. */
    private void look(JsonNode paused) throws RecoveryException {
        Instant at = Instant.parse(paused.path("target").path("value").asText());
        RowComparison rows = compare(paused, ExpectedRows.at(sandbox.record(), at));
        narrator.say(
                "LOOKED: paused at %s the copy holds %d rows of %d; it goes on without the base."
                        .formatted(at, rows.found(), rows.expected()));
        if (!rows.holds()) {
            throw SandboxProblems.failed(
                    "The copy that is paused at " + at + " does not hold the rows of that time.",
                    "%d are missing and %d are unexpected."
                            .formatted(rows.missing(), rows.unexpected()));
        }
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
        boolean live = scenario != Scenario.DELETED_TABLE || droppedTable.isLiveWhole();
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
