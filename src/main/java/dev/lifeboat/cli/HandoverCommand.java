package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Handovers;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.HandoverRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code restores handover}: the copy becomes the database. */
@Command(
        name = "handover",
        description = {
            "Makes the restored server the database: the old one must be unreachable, or somebody answers for it; "
                    + "then it is promoted to a timeline no region knows, gets its own settings back, and archives when told "
                    + "to. After trouble was mended, run it again: it goes on where it stopped."
        },
        footer = {
            "",
            "For example:  lifeboat restores handover ID --listen '*' --port 5432 --archive on"
        })
final class HandoverCommand extends RestoresCommand.OfOne {
    private static final String FENCED = "old-fenced";

    @Option(
            names = "--listen",
            paramLabel = "ADDR",
            description = "listen_addresses of the database; default localhost.")
    private String listen;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Its port; default the one the restored server has.")
    private Integer port;

    @Option(
            names = "--archive",
            paramLabel = "on|off",
            defaultValue = "off",
            description = "Whether it archives its WAL by lifeboat wal push; default off.")
    private String archive;

    @Option(
            names = "--attest",
            paramLabel = "ITEM=NAME",
            description =
                    "old-fenced=NAME: who answers for it that the old server takes no writes.")
    private Map<String, String> attested = Map.of();

    HandoverCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws RecoveryException {
        HandoverRequest request = request();
        RestoreView view = view();
        if (!(view.plan() instanceof PhysicalPlan plan)) {
            throw usage("The restore " + id + " has no server to hand over.");
        }
        try (Engine engine = work.engine(plan);
                var reporter = work.reporter(id)) {
            var world =
                    new Handovers(
                            engine,
                            plan,
                            work.home(),
                            session.environment(),
                            session.launcher(),
                            session.profileOption());
            RestoreJob job = RestoreJob.open(folder(), work.tools(engine, plan), reporter::event);
            int code = work.run(job, running -> running.handover(request, world, session.cancel()));
            if (code == 0) {
                tell();
            }
            return code;
        }
    }

    private void tell() throws RecoveryException {
        view().handedOver()
                .ifPresent(
                        fields -> {
                            session.output().say("The database is at " + fields.get("url"));
                            texts(fields.get("notes")).forEach(session.output()::say);
                            List<String> out = texts(fields.get("takenOut"));
                            if (!out.isEmpty()) {
                                session.output()
                                        .say(
                                                "Commented out in its settings, since it belongs to"
                                                        + " the old machine: "
                                                        + String.join(", ", out)
                                                        + ".");
                            }
                            session.output()
                                    .say(
                                            "RTO: "
                                                    + told(fields.get("rtoSeconds"))
                                                    + " since the restore began. Put the server under"
                                                    + " your service manager; it was started by this"
                                                    + " command.");
                        });
    }

    private static String told(Object seconds) {
        return seconds instanceof Number known
                ? TimeSpan.told(Duration.ofSeconds(known.longValue()))
                : "not known";
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> all
                ? all.stream().map(Object::toString).toList()
                : List.of();
    }

    private HandoverRequest request() throws RecoveryException {
        for (String item : attested.keySet()) {
            if (!item.equals(FENCED)) {
                throw usage("There is no item '" + item + "' to attest; there is " + FENCED + ".");
            }
        }
        if (!archive.equals("on") && !archive.equals("off")) {
            throw usage("--archive takes on or off.");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw usage("--port takes a number from 1 to 65535.");
        }
        return new HandoverRequest(
                Optional.ofNullable(listen),
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                archive.equals("on"),
                Optional.ofNullable(attested.get(FENCED)));
    }

    private static RecoveryException usage(String why) {
        return new RecoveryException(
                ProblemCode.USAGE,
                "The handover is not begun.",
                why,
                "See lifeboat restores handover --help.");
    }
}
