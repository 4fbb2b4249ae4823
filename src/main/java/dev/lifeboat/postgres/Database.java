package dev.lifeboat.postgres;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session in a database, over TCP or a Unix-domain socket. Each statement commits by itself
 * unless it runs in {@link #transaction}. Parameters stand as {@code ?} in the statement and are
 * strings, numbers, booleans, byte arrays, {@link Instant}s or null.
 *
 * <p>Not for use by several threads at once. The stop ends a running statement and makes it throw
 * {@code CancelledException}.
 *
 * <p>Problems of all methods: {@code DATABASE_UNREACHABLE} when the session broke, {@code
 * ROLE_WITHOUT_RIGHTS}, {@code TARGET_IN_USE} when other sessions are in the way, {@code NO_SPACE},
 * and {@code DATABASE_ERROR} with PostgreSQL's own message for the rest.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int FETCHED_ROWS = 1000;
    private final ConnectionSpec spec;
    private final Connection connection;
    private final CancelToken cancel;

    private Database(ConnectionSpec spec, Connection connection, CancelToken cancel) {
        this.spec = spec;
        this.connection = connection;
        this.cancel = cancel;
    }

    /**
     * Connects, within 10 seconds or the specification's {@code connect_timeout}.
     *
     * @throws RecoveryException {@code DATABASE_UNREACHABLE}, {@code DATABASE_MISSING}, {@code
     *     CREDENTIALS_REFUSED}, {@code CREDENTIALS_MISSING} when a password is asked for and there
     *     is none
     */
    public static Database connect(ConnectionSpec spec, CancelToken cancel)
            throws RecoveryException {
        cancel.check();
        try {
            return new Database(spec, Jdbc.connect(spec), cancel);
        } catch (SQLException refused) {
            throw SqlProblem.connecting(spec, refused);
        }
    }

    public ConnectionSpec spec() {
        return spec;
    }

    /** All rows. */
    public <T> List<T> query(Row.Reader<T> reader, String sql, Object... parameters)
            throws RecoveryException {
        var rows = new ArrayList<T>();
        run(
                sql,
                parameters,
                0,
                statement -> {
                    try (ResultSet result = statement.executeQuery()) {
                        var row = new Row(result);
                        while (result.next()) {
                            rows.add(reader.read(row));
                        }
                    }
                    return rows;
                });
        return rows;
    }

    /** The first row; empty when there is none. */
    public <T> Optional<T> first(Row.Reader<T> reader, String sql, Object... parameters)
            throws RecoveryException {
        return query(reader, sql, parameters).stream().findFirst();
    }

    /**
     * The only row.
     *
     * @throws RecoveryException {@code DATABASE_ERROR} when there is none, or more than one
     */
    public <T> T one(Row.Reader<T> reader, String sql, Object... parameters)
            throws RecoveryException {
        List<T> rows = query(reader, sql, parameters);
        if (rows.size() != 1) {
            throw new RecoveryException(
                    ProblemCode.DATABASE_ERROR,
                    "A query of " + spec.confirmText() + " did not give exactly one row.",
                    "It gave " + rows.size() + " rows.",
                    "Check that the server is of a supported version, then run the command again.");
        }
        return rows.getFirst();
    }

    /** Hands on row after row in bounded memory. */
    public void forEach(Row.Reader<?> reader, String sql, Object... parameters)
            throws RecoveryException {
        transaction(
                session ->
                        session.run(
                                sql,
                                parameters,
                                FETCHED_ROWS,
                                statement -> {
                                    try (ResultSet result = statement.executeQuery()) {
                                        var row = new Row(result);
                                        while (result.next()) {
                                            reader.read(row);
                                        }
                                    }
                                    return null;
                                }));
    }

    /**
     * Asks what somebody typed: one query, which changes nothing.
     *
     * @param atMost how many rows are given back
     * @throws RecoveryException {@code DATABASE_ERROR} or {@code ROLE_WITHOUT_RIGHTS} with
     *     PostgreSQL's own message when it is no query, or several, or would write
     */
    public QueryAnswer answer(String sql, int atMost) throws RecoveryException {
        return within(session -> new TypedQuery(session).ask(sql, atMost), Connection::rollback);
    }

    /**
     * The rows of a query one by one, a few hundred held at a time. Until it is closed the session
     * is in a transaction and does nothing else.
     */
    public <T> RowCursor<T> cursor(Row.Reader<T> reader, String sql) throws RecoveryException {
        cancel.check();
        try {
            return new JdbcCursor<>(spec, connection, cancel, reader, sql, FETCHED_ROWS);
        } catch (SQLException failed) {
            endTransaction(false);
            throw SqlProblem.of(spec, failed, cancel);
        }
    }

    /** Runs a statement; the number of rows it changed, 0 where it changes none. */
    public long execute(String sql, Object... parameters) throws RecoveryException {
        return run(
                sql,
                parameters,
                0,
                statement -> {
                    statement.execute();
                    return Math.max(0, statement.getLargeUpdateCount());
                });
    }

    /** Runs several statements without parameters, separated by semicolons. */
    public void script(String statements) throws RecoveryException {
        cancel.check();
        try (Statement statement = connection.createStatement()) {
            try (var _ = cancel.onCancel(() -> Jdbc.cancel(statement))) {
                statement.execute(statements);
            }
        } catch (SQLException failed) {
            throw SqlProblem.of(spec, failed, cancel);
        }
    }

    /** Work between BEGIN and COMMIT. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Database session) throws RecoveryException;
    }

    /** Commits when the work returns, rolls back when it throws. Does not nest. */
    public <T> T transaction(Work<T> work) throws RecoveryException {
        return within(work, Connection::commit);
    }

    private interface Ending {
        void of(Connection connection) throws SQLException;
    }

    private <T> T within(Work<T> work, Ending ending) throws RecoveryException {
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            T result = work.in(this);
            ending.of(connection);
            done = true;
            return result;
        } catch (SQLException failed) {
            throw SqlProblem.of(spec, failed, cancel);
        } finally {
            endTransaction(done);
        }
    }

    /** A session that cannot be rolled back is broken, and PostgreSQL has rolled it back itself. */
    private void endTransaction(boolean ended) {
        try {
            if (!ended) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException broken) {
            closeQuietly();
        }
    }

    /** From now on the server ends each statement that runs longer. Zero: no limit. */
    public Database statementTimeout(Duration atMost) throws RecoveryException {
        execute("SET statement_timeout = " + atMost.toMillis());
        return this;
    }

    /** From now on a statement that waits longer for a lock fails. Zero: no limit. */
    public Database lockTimeout(Duration atMost) throws RecoveryException {
        execute("SET lock_timeout = " + atMost.toMillis());
        return this;
    }

    /** Whether the session still works. */
    public boolean isAlive() {
        try {
            return connection.isValid(5);
        } catch (SQLException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            connection.close();
        } catch (SQLException gone) {
            LOG.debug("A session was gone before it was closed.", gone);
        }
    }

    interface Step<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    <T> T run(String sql, Object[] parameters, int fetch, Step<T> step) throws RecoveryException {
        cancel.check();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetch);
            for (int i = 0; i < parameters.length; i++) {
                Object value = parameters[i];
                statement.setObject(
                        i + 1,
                        value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
            }
            try (var _ = cancel.onCancel(() -> Jdbc.cancel(statement))) {
                return step.on(statement);
            }
        } catch (SQLException failed) {
            throw SqlProblem.of(spec, failed, cancel);
        }
    }
}
