package dev.lifeboat.rescue;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.Sql;

/**
 * Which database is written to, so that a script of it does nothing in another one. A copy of the
 * cluster has the same identifier and the same databases; once it takes writes it is on another
 * timeline, and until then it refuses them.
 *
 * @param here what the database calls itself
 */
record WrittenTo(String here) {
    private static final String HERE =
            """
            'database ' || current_database()
             || ' of cluster ' || (SELECT system_identifier FROM pg_control_system())
             || ' on timeline ' || left(pg_walfile_name(pg_current_wal_lsn()), 8)""";

    /**
     * @param live takes writes
     */
    static WrittenTo read(Database live) throws RecoveryException {
        return live.one(row -> new WrittenTo(row.text("here")), "SELECT " + HERE + " AS here");
    }

    /** Fails in any other database, and with it the transaction it stands in. */
    String guard() {
        return """
        DO $lifeboat$
        DECLARE
          here text := %s;
          meant text := %s;
        BEGIN
          IF here IS DISTINCT FROM meant THEN
            RAISE EXCEPTION 'Nothing was done: this is %%, and the script is for %%.', here, meant;
          END IF;
        END $lifeboat$;"""
                .formatted(HERE, Sql.literal(here));
    }
}
