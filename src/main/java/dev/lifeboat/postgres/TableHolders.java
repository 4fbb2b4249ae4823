package dev.lifeboat.postgres;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.util.List;

/**
 * The sessions that hold a lock on a table which keeps others from its rows, the oldest transaction
 * first. Who only reads holds none that does.
 */
public final class TableHolders {
    private static final int QUERY_SHOWN = 80;

    private TableHolders() {}

    /**
     * A session that holds a lock.
     *
     * @param age of its transaction
     * @param query what it runs, or ran last when it is idle in its transaction
     */
    public record Holder(
            long pid, String role, String application, String state, Duration age, String query) {
        /** {@code 4711 (app, psql; idle in transaction for 12 m: UPDATE t SET ...)}. */
        @Override
        public String toString() {
            String line = ErrorLines.withoutSecrets(query.replaceAll("\\s+", " ").strip());
            return pid
                    + " ("
                    + role
                    + (application.isEmpty() ? "" : ", " + application)
                    + "; "
                    + state
                    + " for "
                    + TimeSpan.told(age)
                    + ": "
                    + (line.length() > QUERY_SHOWN ? line.substring(0, QUERY_SHOWN) + "…" : line)
                    + ")";
        }
    }

    /**
     * Those of a table, with prepared transactions left out, which have no session.
     *
     * @throws RecoveryException as {@link Database#connect} and {@link Database#query}
     */
    public static List<Holder> of(
            ConnectionSpec at, String schema, String table, CancelToken cancel)
            throws RecoveryException {
        try (Database session = Database.connect(at, cancel)) {
            return session.query(
                    row ->
                            new Holder(
                                    row.number("pid"),
                                    row.text("role"),
                                    row.text("application"),
                                    row.text("state"),
                                    Duration.ofSeconds(row.number("age")),
                                    row.text("query")),
                    """
                    select a.pid, coalesce(a.usename, '') as role,
                           coalesce(a.application_name, '') as application,
                           coalesce(a.state, a.backend_type) as state,
                           extract(epoch from clock_timestamp()
                                   - coalesce(a.xact_start, a.backend_start))::bigint as age,
                           coalesce(a.query, '') as query
                      from pg_stat_activity a
                     where a.pid <> pg_backend_pid()
                       and a.pid in (select l.pid from pg_locks l
                                      where l.granted and l.locktype = 'relation'
                                        and l.mode <> 'AccessShareLock'
                                        and l.database = (select oid from pg_database
                                                           where datname = current_database())
                                        and l.relation = (select c.oid from pg_class c
                                                            join pg_namespace n
                                                              on n.oid = c.relnamespace
                                                           where n.nspname = ? and c.relname = ?))
                     order by a.xact_start nulls last, a.pid
                    """,
                    schema,
                    table);
        }
    }
}
