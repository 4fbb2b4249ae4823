package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.ShellWords;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What somebody typed, asked within a transaction that is rolled back.
 *
 * <ul>
 *   <li>The server opens it as a cursor. So it takes one statement that gives rows, by its own
 *       grammar: no second one after a semicolon, no COMMIT, SET, COPY, CALL or DO.
 *   <li>The transaction is read only, which PostgreSQL lets nobody lift once a query has run in it:
 *       no row, table or sequence changes.
 *   <li>A superuser reads as {@code pg_read_all_data}, which may not call functions that act
 *       outside the transaction: to promote, to go on replaying, to end sessions, to write files,
 *       to connect elsewhere. {@code set_config} would lift the role, and is refused by its name.
 *       That keeps from slips; whoever builds SQL at run time to get round it could as well open
 *       psql.
 * </ul>
 *
 * <p>Source: PostgreSQL documentation, "SET TRANSACTION", 22.5 "Predefined Roles", 43.7 "Cursors".
 */
final class TypedQuery {
    private static final String OPEN =
            """
            DO $$
            DECLARE
              answer refcursor := 'lifeboat_answer';
            BEGIN
              OPEN answer NO SCROLL FOR EXECUTE current_setting('lifeboat.typed');
            END $$""";

    /** Is a query too, so that from here on nothing lifts READ ONLY. */
    private static final String READER =
            """
            SELECT set_config('role', 'pg_read_all_data', true)
             WHERE current_setting('is_superuser') = 'on'""";

    private final Database session;

    /**
     * @param session within a transaction that the caller rolls back
     */
    TypedQuery(Database session) {
        this.session = session;
    }

    QueryAnswer ask(String sql, int atMost) throws RecoveryException {
        if (sql.toLowerCase(Locale.ROOT).contains("set_config")) {
            throw refused(ProblemCode.DATABASE_ERROR, "It calls set_config.", null);
        }
        try {
            guard();
            session.execute("SELECT set_config('lifeboat.typed', ?, true)", sql);
            session.execute(READER);
            session.execute(OPEN);
            return session.run(
                    "FETCH FORWARD " + (atMost + 1) + " FROM lifeboat_answer",
                    new Object[0],
                    0,
                    statement -> {
                        try (ResultSet rows = statement.executeQuery()) {
                            return read(rows, atMost);
                        }
                    });
        } catch (RecoveryException failed) {
            boolean asked =
                    failed.code() == ProblemCode.DATABASE_ERROR
                            || failed.code() == ProblemCode.ROLE_WITHOUT_RIGHTS;
            throw asked ? refused(failed.code(), failed.problem().why(), failed) : failed;
        }
    }

    private void guard() throws RecoveryException {
        session.execute("SET TRANSACTION READ ONLY");
        // Rows behind a policy: an error instead of a count without them.
        session.execute("SET LOCAL row_security = off");
    }

    private static QueryAnswer read(ResultSet result, int atMost) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        var columns = new ArrayList<String>();
        for (int column = 1; column <= width; column++) {
            columns.add(result.getMetaData().getColumnLabel(column));
        }
        var rows = new ArrayList<List<String>>();
        boolean more = result.next();
        while (more && rows.size() < atMost) {
            var row = new ArrayList<String>();
            for (int column = 1; column <= width; column++) {
                row.add(result.getString(column));
            }
            rows.add(Collections.unmodifiableList(row));
            more = result.next();
        }
        return new QueryAnswer(columns, rows, more);
    }

    private RecoveryException refused(ProblemCode code, String why, RecoveryException cause) {
        return new RecoveryException(
                code,
                "The query was not answered.",
                why,
                "Ask one SELECT, WITH, VALUES, TABLE, SHOW or EXPLAIN that changes nothing and"
                        + " calls no function of an administrator. For anything else: psql "
                        + ShellWords.word(session.spec().uri()),
                cause);
    }
}
