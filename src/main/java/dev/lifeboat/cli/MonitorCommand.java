package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Health;
import dev.lifeboat.monitor.HealthBoard;
import dev.lifeboat.monitor.HealthJson;
import dev.lifeboat.monitor.HealthServer;
import dev.lifeboat.monitor.MonitorLoop;
import dev.lifeboat.monitor.SeenFailures;
import dev.lifeboat.monitor.alert.Notifier;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code monitor}: the same as {@code health}, for programs, again and again. */
@Command(
        name = "monitor",
        description = {
            "Answers /health/backup (200 or 503 with the reason as JSON) and /metrics (for Prometheus) over"
                    + " HTTP, and tells Slack and PagerDuty what changed. Runs until it is stopped.",
            "With --once it looks, tells, prints what `health` prints, and ends: 0, or 3 when something is"
                    + " critical."
        },
        footer = {
            "",
            "For example:  lifeboat monitor --listen 127.0.0.1:8000",
            "              curl -f http://localhost:8000/health/backup",
            "There is no password: listen on another address than loopback only in a network of your own."
        })
final class MonitorCommand implements Callable<Integer> {
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final int LOOKS_MISSED = 3;

    private final Session session;
    private final SeenFailures seen = new SeenFailures();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8000",
            converter = AddressOption.class,
            description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress listen;

    @Option(names = "--once", description = "Look once, without listening: for cron.")
    private boolean once;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "How often to look (default: ${DEFAULT-VALUE}). Each look lists the buckets.")
    private int every;

    MonitorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        return once ? lookOnce() : serve();
    }

    private int lookOnce() throws RecoveryException {
        Health health = look();
        tell(health);
        session.output().result(HealthJson.of(health), () -> HealthCommand.text(health));
        return HealthCommand.exitCode(health);
    }

    private Health look() throws RecoveryException {
        try (Engine engine = session.engine(RegionChoice.AUTO)) {
            return engine.health(seen).read();
        }
    }

    private void tell(Health health) throws CancelledException {
        try (Engine engine = session.engine(RegionChoice.AUTO);
                Notifier notifier = engine.notifier()) {
            notifier.tell(cluster(engine), health).forEach(this::warn);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException untold) {
            warn(untold.problem());
        }
    }

    private static String cluster(Engine engine) throws RecoveryException {
        var settings = engine.settings();
        String bucket = settings.primary().bucket() + "/" + settings.prefix();
        return settings.profile().orElse(bucket.substring(0, bucket.length() - 1));
    }

    private void warn(Problem problem) {
        session.output().say("Warning: " + problem);
    }

    private int serve() throws RecoveryException {
        Duration pause = Duration.ofSeconds(Math.max(1, every));
        Duration missed = pause.multipliedBy(LOOKS_MISSED);
        var board =
                new HealthBoard(
                        session.clock(), missed.compareTo(GOOD_FOR) > 0 ? missed : GOOD_FOR);
        var loop = new MonitorLoop(this::look, board, new Told());
        session.settings();
        try (HealthServer server = HealthServer.bind(listen, board)) {
            loop.step();
            server.serve();
            session.output().say("Listening on http:/" + server.address() + ".");
            loop.run(pause, session.cancel()::sleep);
        } catch (CancelledException asked) {
            session.output().say("Stopped.");
        }
        return 0;
    }

    /** Says on stderr what changed for the worse or the better. */
    private final class Told implements MonitorLoop.Hearer {
        private String last = "nothing yet";

        @Override
        public void looked(Health health) throws CancelledException {
            String verdict = health.severity().word() + ": " + health.verdict();
            String checks =
                    health.troubles().stream()
                            .map(trouble -> trouble.severity() + trouble.check().word())
                            .collect(Collectors.joining(" "));
            if (!checks.equals(last)) {
                session.output().say(verdict);
                last = checks;
            }
            tell(health);
        }

        @Override
        public void failed(RecoveryException failure) {
            last = "nothing";
            warn(failure.problem());
        }
    }
}
