package dev.lifeboat.restore.proof;

import dev.lifeboat.catalog.Manifest.TableEstimate;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.TableSurvey;
import dev.lifeboat.postgres.TableSurvey.Table;
import dev.lifeboat.restore.proof.Finding.State;
import dev.lifeboat.settings.OwnQuery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a restored database as the runbook says: connectivity, tables, row counts, newest rows,
 * and the profile's own queries. Reads only. What goes wrong is a finding, never an exception; only
 * the wish to stop ends it early. For one thread.
 */
public final class RestoredChecks {
    private static final int MOST_TABLES = 50;
    private static final Duration A_QUESTION = Duration.ofSeconds(10);

    /** What counting tables may take in all: somebody waits to look at the database. */
    private static final Duration ALL_COUNTING = Duration.ofSeconds(20);

    /** Nobody else is in the database; what is locked there stays so until promotion. */
    private static final Duration A_LOCK = Duration.ofSeconds(2);

    private static final String LOCKED =
            "not counted: a transaction that had not ended at the target locks it, until the"
                    + " server is promoted or goes on";
    private static final String TOOK_TOO_LONG = "statement timeout";

    private final Expected expected;
    private final CancelToken cancel;
    private final Duration counting;
    private final List<Finding> findings = new ArrayList<>();

    /** How the restored database is reached. */
    @FunctionalInterface
    public interface Door {
        /** A session in it, the caller's to close. */
        Database open() throws RecoveryException;
    }

    public RestoredChecks(Expected expected, CancelToken cancel) {
        this(expected, cancel, ALL_COUNTING);
    }

    RestoredChecks(Expected expected, CancelToken cancel, Duration counting) {
        this.expected = expected;
        this.cancel = cancel;
        this.counting = counting;
    }

    /**
     * Runs every check.
     *
     * @throws CancelledException when it was asked to stop
     */
    public Proof run(Door door) throws CancelledException {
        try (Database session = door.open().statementTimeout(A_QUESTION).lockTimeout(A_LOCK)) {
            var survey = new TableSurvey(session);
            add("connectivity", State.OK, "a session was let in", "a session in the database");
            List<Table> tables = survey.tables();
            judgeTables(tables);
            judge(survey, tables.stream().limit(MOST_TABLES).toList());
            for (OwnQuery query : expected.queries()) {
                judge(survey, query);
            }
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException refused) {
            add("connectivity", State.FAILED, told(refused), "a session in the database");
        }
        return new Proof(findings);
    }

    /** Table by table, until the time for it is over; then they are told by their estimates. */
    private void judge(TableSurvey survey, List<Table> tables) throws CancelledException {
        long began = System.nanoTime();
        for (Table table : tables) {
            if (table.locked()) {
                add("rows:" + table.qualified(), State.WARNING, LOCKED, "");
            } else if (System.nanoTime() - began < counting.toNanos()) {
                judgeRows(survey, table);
                judgeNewest(survey, table);
            } else {
                add(
                        "rows:" + table.qualified(),
                        State.OK,
                        estimated(table) + " (not counted: counting others took the time for it)",
                        "");
            }
        }
    }

    private static String estimated(Table table) {
        return "about " + table.estimate().map(Object::toString).orElse("an unknown number of");
    }

    private void judgeTables(List<Table> found) {
        List<String> names = found.stream().map(Table::qualified).toList();
        List<String> missing =
                expected.tables().stream()
                        .map(TableEstimate::table)
                        .filter(name -> !names.contains(name))
                        .toList();
        String measured =
                found.size()
                        + " tables"
                        + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing));
        add("tables", missing.isEmpty() ? State.OK : unlike(), measured, tablesOfTheBackup());
    }

    private String tablesOfTheBackup() {
        return expected.tables().size()
                + " tables that the backup knew"
                + (expected.sameMoment() ? "" : ", less what was dropped since");
    }

    private void judgeRows(TableSurvey survey, Table table) throws CancelledException {
        String id = "rows:" + table.qualified();
        Optional<Long> estimate = Optional.ofNullable(estimates().get(table.qualified()));
        String wanted =
                estimate.map(rows -> "about " + rows + " when the backup was taken").orElse("");
        ask(
                id,
                wanted,
                () -> {
                    long rows = survey.countRows(table);
                    boolean few = estimate.filter(before -> rows < before / 2).isPresent();
                    boolean none = estimate.filter(before -> before > 0 && rows == 0).isPresent();
                    add(id, none ? unlike() : few ? State.WARNING : State.OK, rows + "", wanted);
                },
                estimated(table));
    }

    private void judgeNewest(TableSurvey survey, Table table) throws CancelledException {
        if (table.timeColumn().isEmpty()) {
            return;
        }
        String id = "newest:" + table.qualified();
        ask(
                id,
                "",
                () ->
                        add(
                                id,
                                State.OK,
                                table.timeColumn().get()
                                        + " "
                                        + survey.newestRow(table).orElse("none: it has no rows"),
                                ""),
                "not known");
    }

    private void judge(TableSurvey survey, OwnQuery query) throws CancelledException {
        String id = "query:" + query.name();
        String wanted = query.expected().toString();
        try {
            Optional<String> value = survey.value(query.sql());
            boolean holds = query.expected().holds(value.orElse(null));
            add(id, holds ? State.OK : State.FAILED, value.orElse("NULL"), wanted);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failed) {
            add(id, State.FAILED, told(failed), wanted);
        }
    }

    private interface Question {
        void ask() throws RecoveryException;
    }

    /** A table too large to be counted is no fault of the restore; one that cannot be read is. */
    private void ask(String id, String wanted, Question question, String otherwise)
            throws CancelledException {
        try {
            question.ask();
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException failed) {
            boolean tooLong = told(failed).contains(TOOK_TOO_LONG);
            add(
                    id,
                    tooLong ? State.OK : State.FAILED,
                    tooLong
                            ? otherwise
                                    + " (asking took longer than "
                                    + A_QUESTION.toSeconds()
                                    + " s)"
                            : told(failed),
                    wanted);
        }
        cancel.check();
    }

    private Map<String, Long> estimates() {
        Map<String, Long> rows = new HashMap<>();
        expected.tables().stream()
                .filter(table -> table.rows() >= 0)
                .forEach(table -> rows.put(table.table(), table.rows()));
        return rows;
    }

    private State unlike() {
        return expected.sameMoment() ? State.FAILED : State.WARNING;
    }

    private static String told(RecoveryException failed) {
        return failed.problem().what() + " " + failed.problem().why();
    }

    private void add(String id, State state, String measured, String wanted) {
        findings.add(new Finding(id, state, measured, wanted));
    }
}
