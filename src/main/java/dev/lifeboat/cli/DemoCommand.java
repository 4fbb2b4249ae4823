package dev.lifeboat.cli;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.sandbox.Demo;
import dev.lifeboat.sandbox.DemoReport;
import dev.lifeboat.sandbox.DemoReportJson;
import dev.lifeboat.sandbox.Sandbox;
import dev.lifeboat.sandbox.Scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demo}: a database is lost and comes back, in a sandbox of its own. */
@Command(
        name = "demo",
        description = {
            "Starts a sandbox - two S3 regions, a PostgreSQL server with traffic, its backups -, lets an "
                    + "incident happen and opens the console on it. Without a display, or with --headless or --report, it "
                    + "restores the database itself, with the commands an operator would type; every row "
                    + "is then compared with a record the traffic kept outside the database.",
            "Touches nothing outside the sandbox's own folder."
        },
        footer = {
            "",
            "Exit codes: 0 recovered, 3 not recovered, 1 the environment failed.",
            "For example:  lifeboat demo --headless --scenario lost-region --report out"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int NOT_RECOVERED = 3;
    private static final int ENVIRONMENT_FAILED = 1;

    private final Session session;

    @Option(
            names = "--headless",
            description =
                    "Play the scenario to its verified end as text. Without a display it is always so.")
    private boolean headless;

    @Option(
            names = "--keep",
            description = "Leave the sandbox's folder, with env.sh to look around.")
    private boolean keep;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "deleted-table",
            description = "deleted-table (default), lost-server or lost-region.")
    private String scenario;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Play it as text, and write report.json, transcript.txt and pictures of the console"
                            + " (screens/*.png) there; the folder is created.")
    private Path report;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Scenario chosen = Scenario.ofWord(scenario).orElseThrow(() -> unknown(scenario));
        boolean text = headless || report != null || !hasDisplay();
        if (text && !headless) {
            session.output().say("Without a display, or with --report, it is played as text.");
        }
        try {
            if (!text) {
                inSandbox(
                        demo -> {
                            demo.handOver(chosen, session.environment());
                            return null;
                        });
                return 0;
            }
            Optional<Path> pictures =
                    Optional.ofNullable(report).map(dir -> dir.resolve("screens"));
            DemoReport played = inSandbox(demo -> demo.play(chosen, pictures));
            if (report != null) {
                DemoReportJson.write(report, played);
            }
            session.output().result(played, () -> played.verdict());
            return played.recovered() ? 0 : NOT_RECOVERED;
        } catch (RecoveryException failed) {
            session.cancel().check();
            if (report != null) {
                DemoReportJson.write(report, chosen, failed.problem());
            }
            session.output().problem(failed.problem());
            return ENVIRONMENT_FAILED;
        }
    }

    /** What is done with a demo while its sandbox stands. */
    private interface Part<T> {
        T of(Demo demo) throws RecoveryException;
    }

    private <T> T inSandbox(Part<T> part) throws RecoveryException {
        Host host = new LocalHost();
        Path launcher = launcher();
        try (Sandbox sandbox =
                Sandbox.start(
                        host,
                        launcher,
                        session.environment(),
                        keep,
                        session.clock(),
                        session.cancel())) {
            return part.of(
                    new Demo(
                            sandbox,
                            host,
                            launcher,
                            session.output()::say,
                            session.clock(),
                            session.cancel()));
        }
    }

    /** Whether a window can be opened: on Linux it needs an X server. */
    private boolean hasDisplay() {
        boolean asks = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
        return !asks || !session.environment().getOrDefault("DISPLAY", "").isEmpty();
    }

    private static Path launcher() throws RecoveryException {
        String launcher = System.getProperty("lifeboat.launcher");
        if (launcher == null) {
            throw new RecoveryException(
                    ProblemCode.ENVIRONMENT_FAILED,
                    "The sandbox cannot be started from here.",
                    "Its server archives with the program packaging/bin/lifeboat, and nobody said where that is.",
                    "Start it by that program: packaging/bin/lifeboat demo");
        }
        return Path.of(launcher);
    }

    private static RecoveryException unknown(String name) {
        return new RecoveryException(
                ProblemCode.USAGE,
                "There is no scenario '" + name + "'.",
                "The scenarios are deleted-table, lost-server and lost-region.",
                "Choose one of them with --scenario.");
    }
}
