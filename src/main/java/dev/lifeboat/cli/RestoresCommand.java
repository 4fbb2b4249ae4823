package dev.lifeboat.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.journal.JobSocket;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.report.HtmlReport;
import dev.lifeboat.report.PdfReport;
import dev.lifeboat.report.RestoreReport;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.PlanJson;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestoreJob;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreRecord;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code restores}: those that run, wait, were interrupted or are done. */
@Command(
        name = "restores",
        description = "Shows restores and goes on with them.",
        subcommands = {
            RestoresCommand.ListAll.class,
            RestoresCommand.Show.class,
            RestoresCommand.Resume.class,
            AdvanceCommand.class,
            RestoresCommand.Promote.class,
            HandoverCommand.class,
            RestoresCommand.Stop.class,
            RestoresCommand.Discard.class,
            RestoresCommand.Export.class
        })
final class RestoresCommand extends CommandGroup {

    /** What every one of them has. */
    abstract static class OfOne implements Callable<Integer> {
        final Session session;
        final RestoreWork work;

        @Parameters(
                paramLabel = "ID",
                description = "The restore, as lifeboat restores list names it.")
        String id;

        @Option(
                names = "--database-url",
                paramLabel = "URL",
                description =
                        "The way to the database a dump is restored into, if not DATABASE_URL's.")
        private String databaseUrl;

        OfOne(Session session) {
            this.session = session;
            this.work = new RestoreWork(session);
        }

        /** The services for this restore. */
        Engine engine(RestorePlan plan) throws RecoveryException {
            work.into(Optional.ofNullable(databaseUrl));
            return work.engine(plan);
        }

        RestoreView view() throws RecoveryException {
            return RestoreView.of(folder(), new LocalHost());
        }

        RestoreFolder folder() throws RecoveryException {
            return work.folder(id);
        }

        int run(RestoreWork.Step step) throws RecoveryException {
            try (Engine engine = engine(view().plan());
                    var reporter = work.reporter(id)) {
                RestoreJob job =
                        RestoreJob.open(
                                folder(), work.tools(engine, view().plan()), reporter::event);
                return work.run(job, step);
            }
        }
    }

    /** {@code restores list}. */
    @Command(name = "list", description = "Lists all restores of this machine.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            List<RestoreView> views =
                    RestoreView.list(session.directories().home(), new LocalHost());
            session.output()
                    .result(
                            Map.of(
                                    "restores",
                                    views.stream()
                                            .map(view -> row(view, session.clock()))
                                            .toList()),
                            () -> text(views));
            return 0;
        }

        /** A paused server is easily forgotten. */
        private String age(RestoreView view) {
            return view.pausedFor(session.clock())
                    .map(TimeSpan::told)
                    .map(age -> "  paused for " + age)
                    .orElse("");
        }

        private String text(List<RestoreView> views) {
            if (views.isEmpty()) {
                return "There are no restores below " + session.directories().home() + ".";
            }
            return views.stream()
                    .map(
                            view ->
                                    "%-32s %-12s %s%s"
                                            .formatted(
                                                    view.id(),
                                                    view.state().word(),
                                                    view.startedAt()
                                                            .map(
                                                                    at ->
                                                                            Timestamps.both(
                                                                                    at,
                                                                                    session.zone()))
                                                            .orElse(""),
                                                    age(view)))
                    .collect(Collectors.joining(System.lineSeparator()));
        }
    }

    /** {@code restores show}. */
    @Command(name = "show", description = "Shows one restore: plan, stages, how it stands.")
    static final class Show extends OfOne {
        Show(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws RecoveryException {
            RestoreView view = view();
            Map<String, Object> document = row(view, session.clock());
            document.put("plan", PlanJson.tree(view.plan()));
            document.put("stages", stages(view));
            document.put("checks", view.checks().orElse(null));
            session.output()
                    .result(
                            document,
                            () ->
                                    PlanText.of(view.plan(), session.zone())
                                            + System.lineSeparator()
                                            + "  state       "
                                            + view.state().word()
                                            + view.connection()
                                                    .map(
                                                            uri ->
                                                                    System.lineSeparator()
                                                                            + "  connect     psql '"
                                                                            + uri
                                                                            + "'")
                                                    .orElse(""));
            return 0;
        }

        private static List<Map<String, Object>> stages(RestoreView view) {
            return view.history().seconds().entrySet().stream()
                    .map(
                            entry ->
                                    Map.<String, Object>of(
                                            "name", entry.getKey().word(),
                                            "seconds", entry.getValue()))
                    .toList();
        }
    }

    /** {@code restores resume}. */
    @Command(name = "resume", description = "Goes on with a restore that was interrupted.")
    static final class Resume extends OfOne {
        Resume(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws RecoveryException {
            return run(job -> job.run(session.cancel()));
        }
    }

    /** {@code restores promote}. */
    @Command(
            name = "promote",
            description = "Makes the paused server a writable one; it stays sealed off.")
    static final class Promote extends OfOne {
        Promote(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws RecoveryException {
            if (view().state() != RestoreState.PAUSED) {
                throw new RecoveryException(
                        ProblemCode.USAGE,
                        "The restore " + id + " cannot be promoted.",
                        "It is " + view().state().word() + ", and only a paused one can.",
                        "See how it stands with: lifeboat restores show " + id);
            }
            return run(job -> job.promote(session.cancel()));
        }
    }

    /** {@code restores stop}. */
    @Command(
            name = "stop",
            description = "Asks the process that works on a restore to stop; it can be resumed.")
    static final class Stop extends OfOne {
        Stop(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws RecoveryException {
            RestoreState state = view().state();
            if (state == RestoreState.PAUSED || state == RestoreState.PROMOTED) {
                return run(job -> job.stop(session.cancel()));
            }
            String answer = JobSocket.ask(folder().path(), "stop");
            session.output().result(Map.of("id", id, "answer", answer), () -> id + ": " + answer);
            return 0;
        }
    }

    /** {@code restores discard}. */
    @Command(
            name = "discard",
            description = {
                "Stops the server of a restore and removes all that the restore made. What it renamed stays, "
                        + "and so do plan and journal."
            })
    static final class Discard extends OfOne {
        @Option(names = "--confirm", paramLabel = "ID", description = "The id once more.")
        private String confirm;

        Discard(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws RecoveryException {
            RestoreView view = view();
            if (view.state() == RestoreState.RESTORED && view.plan() instanceof LogicalPlan plan) {
                return dropKept(plan);
            }
            Confirmation.require(session, id, Optional.ofNullable(confirm), stake(view.plan()));
            try (Engine engine = engine(view.plan());
                    var reporter = work.reporter(id)) {
                RestoreJob.open(folder(), work.tools(engine, view.plan()), reporter::event)
                        .discard(session.cancel());
            }
            session.output().say("Restore " + id + " is discarded.");
            return 0;
        }

        /** A dump that is restored is the database now; the one before can be dropped. */
        private int dropKept(LogicalPlan plan) throws RecoveryException {
            String kept = plan.kept().orElse("");
            String address =
                    kept + plan.target().confirmText().substring(plan.target().database().length());
            if (!kept.isEmpty()) {
                Confirmation.require(
                        session,
                        address,
                        Optional.ofNullable(confirm),
                        "The restored database is in use under its name; the one before, "
                                + kept
                                + ", would be dropped for good.");
            }
            try (Engine engine = engine(plan);
                    var reporter = work.reporter(id)) {
                RestoreJob.open(folder(), work.tools(engine, plan), reporter::event)
                        .dropKept(session.cancel());
            }
            session.output().say("The database " + address + " is dropped.");
            return 0;
        }

        private static String stake(RestorePlan plan) {
            return switch (plan) {
                case PhysicalPlan physical ->
                        "The restored copy in "
                                + physical.dataDirectory()
                                + " would be removed, its server stopped.";
                case LogicalPlan logical ->
                        "What was restored into "
                                + logical.scratch().orElse("the dump's spool")
                                + " would be dropped; "
                                + logical.target().confirmText()
                                + " stays as it is.";
            };
        }
    }

    /** {@code restores export}. */
    @Command(
            name = "export",
            description = "Writes the record of a restore to a file: what the bucket keeps of it.")
    static final class Export extends OfOne {
        @Option(
                names = "--to",
                paramLabel = "FILE",
                required = true,
                description = "The file: NAME.html or NAME.pdf; any other name is written as JSON.")
        private Path file;

        Export(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws RecoveryException {
            var document = RestoreRecord.of(folder(), view(), new LocalHost());
            try {
                Files.write(file, content(document));
            } catch (IOException refused) {
                throw new RecoveryException(
                        ProblemCode.HOST_FAILURE,
                        "The restore cannot be written to " + file + ".",
                        "The system answered: " + refused.getMessage() + ".",
                        "Name a file that can be written.",
                        refused);
            }
            session.output().result(Map.of("id", id, "file", file), () -> file.toString());
            return 0;
        }

        /** In the form that the file's name asks for. */
        private byte[] content(JsonNode document) throws IOException {
            String name = file.toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".html")) {
                return HtmlReport.of(RestoreReport.of(document)).getBytes(StandardCharsets.UTF_8);
            }
            if (name.endsWith(".pdf")) {
                var pdf = new ByteArrayOutputStream();
                PdfReport.write(RestoreReport.of(document), pdf);
                return pdf.toByteArray();
            }
            return (Json.document(document) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Object> row(RestoreView view, Clock clock) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", view.id());
        row.put("state", view.state().word());
        row.put("stage", view.stage().map(Stage::word).orElse(null));
        row.put("target", target(view.plan()));
        row.put("startedAt", view.startedAt().map(Instant::toString).orElse(null));
        row.put("dataDirectory", dataDirectory(view.plan()));
        row.put("connection", view.connection().orElse(null));
        Optional<Duration> paused = view.pausedFor(clock);
        row.put("pausedSeconds", paused.map(Duration::toSeconds).orElse(null));
        return row;
    }

    private static Map<String, Object> target(RestorePlan plan) {
        return switch (plan) {
            case PhysicalPlan physical -> RestoreReporter.target(physical.target());
            case LogicalPlan _ -> null;
        };
    }

    private static String dataDirectory(RestorePlan plan) {
        return switch (plan) {
            case PhysicalPlan physical -> physical.dataDirectory().toString();
            case LogicalPlan _ -> null;
        };
    }
}
