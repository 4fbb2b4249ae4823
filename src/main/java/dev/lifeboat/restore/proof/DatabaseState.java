package dev.lifeboat.restore.proof;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.DatabaseInfo;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.postgres.TableSurvey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a database was before a restore: what the restored one is compared with by people.
 *
 * @param server the version, as the server tells it
 * @param sizeBytes on disk; empty when the role may not know
 * @param tables largest first, at most {@link #MOST_TABLES}
 * @param moreTables how many there are beside those
 * @param extensions versions by name
 */
public record DatabaseState(
        String database,
        Instant takenAt,
        String server,
        OptionalLong sizeBytes,
        List<Table> tables,
        int moreTables,
        Map<String, String> extensions) {
    /** More are not counted: it is done while something else waits. */
    public static final int MOST_TABLES = 50;

    private static final Duration A_QUESTION = Duration.ofSeconds(5);

    public DatabaseState {
        tables = List.copyOf(tables);
        extensions = Map.copyOf(extensions);
    }

    /**
     * A table.
     *
     * @param name {@code schema.name}
     * @param rows empty where nobody knows
     * @param counted whether they were counted; estimated otherwise, since counting took too long
     *     or was refused
     * @param newest of its column of time, as PostgreSQL prints it
     */
    public record Table(
            String name, OptionalLong rows, boolean counted, long bytes, Optional<String> newest) {}

    /**
     * Asks the session's database. Reads only; a question that takes longer than five seconds is
     * given up, and its answer estimated or left out.
     *
     * @param session stays the caller's to close; from now on it writes nothing
     * @throws RecoveryException as {@link Database}, when it cannot be asked at all
     * @throws CancelledException when it was asked to stop
     */
    public static DatabaseState read(Database session, Instant now) throws RecoveryException {
        Database patient = session.statementTimeout(A_QUESTION);
        DatabaseInfo info = DatabaseInfo.read(patient);
        String version = ServerInfo.read(patient).version().toString();
        var survey = new TableSurvey(patient);
        List<TableSurvey.Table> found = survey.tables();
        List<Table> tables = new ArrayList<>();
        for (TableSurvey.Table table : found.stream().limit(MOST_TABLES).toList()) {
            tables.add(table(survey, table));
        }
        return new DatabaseState(
                info.name(),
                now,
                version,
                info.sizeBytes().map(OptionalLong::of).orElse(OptionalLong.empty()),
                tables,
                found.size() - tables.size(),
                info.extensions());
    }

    private static Table table(TableSurvey survey, TableSurvey.Table table)
            throws CancelledException {
        Optional<Long> counted = ask(() -> Optional.of(survey.countRows(table)));
        Optional<Long> rows = counted.or(table::estimate);
        return new Table(
                table.qualified(),
                rows.map(OptionalLong::of).orElse(OptionalLong.empty()),
                counted.isPresent(),
                table.bytes(),
                ask(() -> survey.newestRow(table)));
    }

    private interface Question<T> {
        Optional<T> ask() throws RecoveryException;
    }

    /** One table that may not be read, or not in time, hinders nothing. */
    private static <T> Optional<T> ask(Question<T> question) throws CancelledException {
        try {
            return question.ask();
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unknown) {
            return Optional.empty();
        }
    }

    /** A table of that name; empty when it was not there or not among the largest. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
