package dev.lifeboat.rescue;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgDump;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.ReplayLocks;
import dev.lifeboat.postgres.RowSql;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.postgres.TableHolders;
import dev.lifeboat.postgres.TableShape;
import dev.lifeboat.restore.RescueJournal;
import dev.lifeboat.restore.RestoreFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares tables of a restored copy with the live database, and brings back what is missing there.
 * The live database is only read unless rows are asked for; then each table is one transaction, and
 * nothing but the named tables and their own sequences changes. For one thread.
 */
public final class Rescuer {
    /** Neither side makes the other wait for longer. */
    private static final Duration A_LOCK = Duration.ofSeconds(30);

    private final ConnectionSpec copyAt;
    private final ConnectionSpec liveAt;
    private final Host host;
    private final PgPrograms programs;
    private final RestoreFolder folder;
    private final Clock clock;
    private final CancelToken cancel;

    /**
     * @param copyAt the restored server, in the database of {@code liveAt}
     * @param folder where scripts are kept: the restore's
     */
    public Rescuer(
            ConnectionSpec copyAt,
            ConnectionSpec liveAt,
            Host host,
            PgPrograms programs,
            Path folder,
            Clock clock,
            CancelToken cancel) {
        this.copyAt = copyAt;
        this.liveAt = liveAt;
        this.host = host;
        this.programs = programs;
        this.folder = new RestoreFolder(folder);
        this.clock = clock;
        this.cancel = cancel;
    }

    /** What is to be done with rows. */
    public enum Deed {
        /** Nothing in the live database changes. */
        COMPARE,
        /** Missing rows are copied. */
        BRING_BACK,
        /** Missing rows are copied, and changed ones get the copy's values. */
        BRING_BACK_AND_CHANGE
    }

    /**
     * Compares the tables, all before anything is written, then applies, tables that others refer
     * to first.
     *
     * @param tables with or without schema
     * @param progress counts rows
     * @throws RecoveryException TABLE_UNKNOWN, TABLE_LOCKED, TABLE_WITHOUT_KEY, TABLES_DIFFER,
     *     SYSTEM_IDENTIFIER_FOREIGN, TARGET_NOT_WRITABLE, and what a database says; what was
     *     applied by then stays, a table at a time
     */
    public List<TableReport> rescue(List<String> tables, Deed deed, Progress progress)
            throws RecoveryException {
        if (deed == Deed.COMPARE) {
            return rescue(tables, deed, progress, _ -> {});
        }
        place();
        try (var journal = RescueJournal.begin(folder, asked(tables, deed), clock)) {
            try {
                List<TableReport> reports =
                        rescue(tables, deed, progress, done -> journal.table(done.fields()));
                journal.ended();
                return told(reports, journal);
            } catch (RecoveryException stopped) {
                journal.failed(stopped.problem());
                throw stopped;
            }
        }
    }

    private Map<String, Object> asked(List<String> tables, Deed deed) throws RecoveryException {
        return Map.of(
                "into", liveAt.confirmText(),
                "by", host.currentUser().name(),
                "asked", List.copyOf(tables),
                "includeChanged", deed == Deed.BRING_BACK_AND_CHANGE);
    }

    /** Rows that came back are not taken for lost because the record lacks them. */
    private static List<TableReport> told(List<TableReport> reports, RescueJournal journal) {
        if (journal.lost().isEmpty()) {
            return reports;
        }
        String note =
                "The record of the restore does not tell all of this rescue: "
                        + journal.lost().get().what();
        return reports.stream().map(report -> report.noting(note)).toList();
    }

    private List<TableReport> rescue(
            List<String> tables, Deed deed, Progress progress, Consumer<TableReport> done)
            throws RecoveryException {
        try (Database copy = connect(copyAt);
                Database live = connect(liveAt)) {
            requireTwoOfOneCluster(copy, live);
            List<TableShape> wanted = new ArrayList<>();
            for (String name : tables) {
                wanted.add(shape(copy, name));
            }
            var reports = new ArrayList<TableReport>();
            for (TableShape table : TableOrder.parentsFirst(wanted)) {
                TableReport report = one(table, copy, live, deed, progress);
                done.accept(report);
                reports.add(report);
            }
            return reports;
        }
    }

    private Database connect(ConnectionSpec at) throws RecoveryException {
        Database session = Database.connect(at, cancel);
        try {
            for (String setting : RowSql.SETTINGS) {
                session.execute(setting);
            }
            return session.lockTimeout(A_LOCK);
        } catch (RecoveryException refused) {
            session.close();
            throw refused;
        }
    }

    private static void requireTwoOfOneCluster(Database copy, Database live)
            throws RecoveryException {
        String one = ServerInfo.read(copy).systemIdentifier();
        String other = ServerInfo.read(live).systemIdentifier();
        if (!one.equals(other)) {
            throw RescueProblems.foreign(one, other);
        }
        if (started(copy).equals(started(live))) {
            throw RescueProblems.same();
        }
        if (live.one(row -> row.bool("standby"), "SELECT pg_is_in_recovery() AS standby")) {
            throw RescueProblems.readOnly();
        }
    }

    /** No two servers were started in the same microsecond with the same process id. */
    private static String started(Database session) throws RecoveryException {
        return session.one(
                row -> row.text("started"),
                "SELECT pg_postmaster_start_time()::text || ' ' || current_setting('port')"
                        + " AS started");
    }

    private static TableShape shape(Database copy, String name) throws RecoveryException {
        int dot = name.indexOf('.');
        if (dot > 0) {
            return TableShape.read(copy, name.substring(0, dot), name.substring(dot + 1))
                    .orElseThrow(() -> RescueProblems.unknown(name));
        }
        List<String> schemas = TableShape.schemasOf(copy, name);
        if (schemas.size() > 1) {
            throw RescueProblems.ambiguous(name, schemas);
        }
        if (schemas.isEmpty()) {
            throw RescueProblems.unknown(name);
        }
        return TableShape.read(copy, schemas.getFirst(), name)
                .orElseThrow(() -> RescueProblems.unknown(name));
    }

    private TableReport one(
            TableShape table, Database copy, Database live, Deed deed, Progress progress)
            throws RecoveryException {
        if (ReplayLocks.hold(copy, table)) {
            throw RescueProblems.locked(table.fullName(), folder.id());
        }
        try {
            Optional<TableShape> there = TableShape.read(live, table.schema(), table.name());
            return there.isPresent()
                    ? present(table, there.get(), copy, live, deed, progress)
                    : dropped(table, copy, live, deed, progress);
        } catch (RecoveryException failed) {
            throw failed.code() == ProblemCode.TABLE_LOCKED ? heldUp(table, failed) : failed;
        }
    }

    /**
     * Who holds a table that was waited for in vain, in the live database or in a promoted copy.
     */
    private RecoveryException heldUp(TableShape table, RecoveryException failed)
            throws RecoveryException {
        List<TableHolders.Holder> there = holders(liveAt, table);
        List<TableHolders.Holder> here = there.isEmpty() ? holders(copyAt, table) : List.of();
        return RescueProblems.heldUp(
                table.fullName(),
                folder.id(),
                here.isEmpty() ? there : here,
                here.isEmpty() ? liveAt : copyAt,
                failed);
    }

    private List<TableHolders.Holder> holders(ConnectionSpec at, TableShape table)
            throws RecoveryException {
        return TableHolders.of(at, table.schema(), table.name(), cancel);
    }

    private TableReport present(
            TableShape old,
            TableShape table,
            Database copy,
            Database live,
            Deed deed,
            Progress progress)
            throws RecoveryException {
        if (!old.fits(table)) {
            throw RescueProblems.differ(table.fullName());
        }
        if (table.key().isEmpty()) {
            throw RescueProblems.withoutKey(table.fullName());
        }
        Path place = place();
        try (var differences = new Differences(place.resolve(file(table) + ".differences"))) {
            TableReport report = compared(table, copy, live, differences, progress);
            boolean changes = deed == Deed.BRING_BACK_AND_CHANGE;
            boolean some = report.missing() > 0 || (changes && report.changed() > 0);
            return deed == Deed.COMPARE || !some
                    ? report
                    : applied(report, table, copy, live, differences, changes, progress);
        }
    }

    private TableReport compared(
            TableShape table,
            Database copy,
            Database live,
            Differences differences,
            Progress progress)
            throws RecoveryException {
        var comparison = new TableComparison();
        String query = new RowSql(table).keysAndDigests();
        int width = table.key().size();
        try (var old = copy.cursor(row -> KeyedRows.read(row, width), query);
                var now = live.cursor(row -> KeyedRows.read(row, width), query)) {
            comparison.run(old, now, differences::add, progress);
        }
        return new TableReport(
                table.fullName(),
                TableReport.State.PRESENT,
                comparison.missing(),
                comparison.changed(),
                comparison.added(),
                comparison.samples(),
                table.triggers(),
                table.triggers().isEmpty()
                        ? List.of()
                        : List.of(
                                "Each row that comes back fires: "
                                        + String.join(", ", table.triggers())
                                        + "."),
                Optional.empty());
    }

    private TableReport applied(
            TableReport report,
            TableShape table,
            Database copy,
            Database live,
            Differences differences,
            boolean changes,
            Progress progress)
            throws RecoveryException {
        try (var scripts = new Scripts(place(), file(table), WrittenTo.read(live))) {
            var work = new TableApply(table, copy, live, scripts, progress);
            List<String> sequences =
                    live.transaction(
                            session -> {
                                session.execute("SET LOCAL lock_timeout = '30s'");
                                work.differences(differences, changes);
                                List<String> mended = work.mendSequences();
                                scripts.finish();
                                return mended;
                            });
            scripts.keep();
            return report.with(done(work, false, sequences, scripts), List.of());
        }
    }

    private TableReport.Applied done(
            TableApply work, boolean created, List<String> sequences, Scripts scripts) {
        return new TableReport.Applied(
                created,
                work.inserted(),
                work.conflicts(),
                work.updated(),
                work.changedMeanwhile(),
                sequences,
                liveAt.uri(),
                scripts.apply(),
                scripts.undo());
    }

    private TableReport dropped(
            TableShape table, Database copy, Database live, Deed deed, Progress progress)
            throws RecoveryException {
        if (table.kind() == 'p') {
            throw RescueProblems.partitioned(table.fullName());
        }
        long rows =
                copy.one(row -> row.number("rows"), "SELECT count(*) AS rows FROM " + table.sql());
        var notes = new ArrayList<String>();
        notes.add("It was dropped in the live database: its definition comes with its rows.");
        if (!table.triggers().isEmpty()) {
            notes.add("Its triggers are made after its rows, and do not fire for them.");
        }
        table.referencedBy()
                .forEach(
                        each ->
                                notes.add(
                                        "The foreign key of "
                                                + each
                                                + " on it is not brought back: add it again if it"
                                                + " was dropped with the table."));
        var report =
                new TableReport(
                        table.fullName(),
                        TableReport.State.DROPPED,
                        rows,
                        0,
                        0,
                        new TableReport.Samples(List.of(), List.of(), List.of()),
                        List.of(),
                        notes,
                        Optional.empty());
        return deed == Deed.COMPARE ? report : recreated(report, table, copy, live, progress);
    }

    private TableReport recreated(
            TableReport report, TableShape table, Database copy, Database live, Progress progress)
            throws RecoveryException {
        var dump =
                new PgDump(
                        host,
                        programs.forServer(ServerInfo.read(copy).version(), PgProgram.PG_DUMP));
        String definition = dump.definition(copyAt, table, "pre-data", cancel);
        String rest = dump.definition(copyAt, table, "post-data", cancel);
        try (var scripts = new Scripts(place(), file(table), WrittenTo.read(live))) {
            var work = new TableApply(table, copy, live, scripts, progress);
            List<String> sequences =
                    live.transaction(
                            session -> {
                                run(session, definition, scripts);
                                work.everything();
                                List<String> set = work.setSequences();
                                run(session, rest, scripts);
                                scripts.undoing("DROP TABLE " + table.sql() + ";");
                                scripts.finish();
                                return set;
                            });
            scripts.keep();
            return report.with(done(work, true, sequences, scripts), List.of());
        }
    }

    private static void run(Database live, String definition, Scripts scripts)
            throws RecoveryException {
        live.script(definition);
        scripts.applied(definition);
        for (String setting : RowSql.SETTINGS) {
            live.execute(setting);
        }
    }

    private Path place() throws RecoveryException {
        Path place = folder.rescue();
        try {
            return Files.createDirectories(place);
        } catch (IOException refused) {
            throw RescueProblems.io(place, refused);
        }
    }

    private String file(TableShape table) {
        return table.fullName().replaceAll("[^A-Za-z0-9._-]", "_")
                + "-"
                + Timestamps.key(clock.instant());
    }
}
