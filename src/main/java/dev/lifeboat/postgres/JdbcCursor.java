package dev.lifeboat.postgres;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A cursor of the server, within a transaction of its own. */
final class JdbcCursor<T> implements RowCursor<T> {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCursor.class);

    private final ConnectionSpec spec;
    private final Connection connection;
    private final CancelToken cancel;
    private final PreparedStatement statement;
    private final ResultSet result;
    private final Row row;
    private final Row.Reader<T> reader;

    JdbcCursor(
            ConnectionSpec spec,
            Connection connection,
            CancelToken cancel,
            Row.Reader<T> reader,
            String sql,
            int fetch)
            throws SQLException {
        this.spec = spec;
        this.connection = connection;
        this.cancel = cancel;
        this.reader = reader;
        connection.setAutoCommit(false);
        this.statement = connection.prepareStatement(sql);
        statement.setFetchSize(fetch);
        try (var _ = cancel.onCancel(() -> Jdbc.cancel(statement))) {
            this.result = statement.executeQuery();
        }
        this.row = new Row(result);
    }

    @Override
    public Optional<T> next() throws RecoveryException {
        cancel.check();
        try (var _ = cancel.onCancel(() -> Jdbc.cancel(statement))) {
            return result.next() ? Optional.of(reader.read(row)) : Optional.empty();
        } catch (SQLException failed) {
            throw SqlProblem.of(spec, failed, cancel);
        }
    }

    @Override
    public void close() {
        try {
            statement.close();
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            LOG.debug("A session was gone before its cursor was closed.", gone);
        }
    }
}
