package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.rescue.RescueProblems;
import dev.lifeboat.rescue.Rescuer;
import dev.lifeboat.rescue.TableReport;
import dev.lifeboat.restore.RecordKeeper;
import dev.lifeboat.restore.RestoreFolder;
import dev.lifeboat.restore.RestoreRecord;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code rescue}: rows of a restored copy back into the live database. */
@Command(
        name = "rescue",
        description = {
            "Compares tables of a restored copy, paused or promoted, with the live database of"
                    + " DATABASE_URL by primary key: which rows are missing there, changed, new.",
            "With --apply the missing ones are copied back, one transaction a table. A dropped table"
                    + " comes back with its definition. Nothing else changes."
        },
        footer = {
            "",
            "For example:  lifeboat rescue mockupaws_20260407_143000 --table scenario_logs",
            "              lifeboat rescue mockupaws_20260407_143000 --table scenario_logs --apply"
        })
final class RescueCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RescueCommand.class);

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The restore, as restores list names it.")
    private String id;

    @Option(
            names = "--table",
            required = true,
            split = ",",
            paramLabel = "[SCHEMA.]TABLE",
            description = "The table; may be given several times.")
    private List<String> tables;

    @Option(
            names = "--include-changed",
            description = "With --apply: rows with other values get those of the copy, too.")
    private boolean changed;

    @Option(names = "--apply", description = "Write to the live database; default: compare.")
    private boolean apply;

    RescueCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        RestoreFolder folder = new RestoreWork(session).folder(id);
        RestoreView view = RestoreView.of(folder, new LocalHost());
        var settings = apply ? session.settingsForWriting() : session.settings();
        try (Engine engine = session.engine(settings, RestoreWork.region(view.plan().region()));
                ConnectionSpec live = settings.database(engine.host().currentUser());
                ConnectionSpec copy = copy(engine, view)) {
            var rescuer =
                    new Rescuer(
                            copy.withDatabase(live.database()),
                            live,
                            engine.host(),
                            engine.programs(),
                            folder.path(),
                            session.clock(),
                            session.cancel());
            try {
                rescue(rescuer);
            } finally {
                if (apply) {
                    keepRecord(engine, folder);
                }
            }
        }
        return 0;
    }

    private void rescue(Rescuer rescuer) throws RecoveryException {
        Progress progress = new Progress();
        List<TableReport> reports;
        try (var _ = session.output().watch("rescue", progress, ProgressUnit.ROWS)) {
            reports = rescuer.rescue(tables, deed(), progress);
        }
        session.output().result(json(reports), () -> text(reports));
    }

    /**
     * Has the buckets tell of the rescue, too. Whoever works on the restore meanwhile does it when
     * that ends; the rescue is none the worse when it cannot be done.
     */
    private void keepRecord(Engine engine, RestoreFolder folder) {
        try {
            RestoreView view = RestoreView.of(folder, engine.host());
            if (view.state() != RestoreState.RUNNING && view.startedAt().isPresent()) {
                new RecordKeeper(engine.backups(), engine.keyNames())
                        .keep(
                                id,
                                view.startedAt().get(),
                                RestoreRecord.of(folder, view, engine.host()),
                                (event, fields) -> LOG.info("{}: {}", event, fields));
            }
        } catch (RecoveryException notKept) {
            LOG.warn("The record of this rescue is kept on this machine alone.", notKept);
        }
    }

    private Rescuer.Deed deed() {
        if (!apply) {
            return Rescuer.Deed.COMPARE;
        }
        return changed ? Rescuer.Deed.BRING_BACK_AND_CHANGE : Rescuer.Deed.BRING_BACK;
    }

    private ConnectionSpec copy(Engine engine, RestoreView view) throws RecoveryException {
        String connection =
                view.connection()
                        .orElseThrow(() -> RescueProblems.notRunning(id, view.state().word()));
        return ConnectionSpec.parse(connection, Map.of(), engine.host().currentUser());
    }

    private Object json(List<TableReport> reports) {
        return Map.of("restore", id, "tables", reports.stream().map(RescueCommand::row).toList());
    }

    private static Map<String, Object> row(TableReport report) {
        var row = new LinkedHashMap<String, Object>();
        row.put("table", report.table());
        row.put("state", report.state());
        row.put("missing", report.missing());
        row.put("changed", report.changed());
        row.put("new", report.added());
        row.put(
                "samples",
                Map.of(
                        "missing", report.samples().missing(),
                        "changed", report.samples().changed(),
                        "new", report.samples().added()));
        row.put("triggers", report.triggers());
        row.put("notes", report.notes());
        row.put("applied", report.applied());
        return row;
    }

    private String text(List<TableReport> reports) {
        return reports.stream().map(this::text).collect(Collectors.joining("\n\n"));
    }

    private String text(TableReport report) {
        StringBuilder text = new StringBuilder(report.table());
        text.append(report.state() == TableReport.State.DROPPED ? " (not there now)" : "")
                .append(": ")
                .append(report.missing())
                .append(" missing, ")
                .append(report.changed())
                .append(" changed, ")
                .append(report.added())
                .append(" new");
        samples(text, "missing", report.samples().missing());
        samples(text, "changed", report.samples().changed());
        samples(text, "new", report.samples().added());
        report.notes().forEach(note -> text.append("\n  Note: ").append(note));
        report.applied().ifPresentOrElse(done -> done(text, done), () -> next(text, report));
        return text.toString();
    }

    private static void samples(StringBuilder text, String what, List<String> keys) {
        if (!keys.isEmpty()) {
            text.append("\n  ").append(what).append(", for example: ");
            text.append(String.join("; ", keys.subList(0, Math.min(5, keys.size()))));
        }
    }

    private static void done(StringBuilder text, TableReport.Applied done) {
        text.append(done.tableCreated() ? "\n  Created the table." : "")
                .append("\n  Copied ")
                .append(done.inserted())
                .append(" rows, changed ")
                .append(done.updated())
                .append("; left alone ")
                .append(done.conflicts() + done.changedMeanwhile())
                .append(" that came or changed meanwhile.")
                .append("\n  Done:  ")
                .append(done.script())
                .append("\n  Undo:  ")
                .append(done.undoCommand());
        done.sequences().forEach(each -> text.append("\n  Sequence ").append(each));
    }

    private void next(StringBuilder text, TableReport report) {
        if (!apply && report.missing() + report.changed() > 0) {
            text.append("\nNext:  lifeboat rescue ")
                    .append(id)
                    .append(" --table ")
                    .append(report.table())
                    .append(" --apply");
        }
    }
}
