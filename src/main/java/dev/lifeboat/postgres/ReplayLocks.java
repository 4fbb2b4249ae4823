package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

/**
 * What replay keeps locked. A server that pauses within a transaction, just before its commit for
 * instance, holds that transaction's exclusive locks until it goes on or is promoted: whoever reads
 * such a table waits for ever.
 *
 * <p>Source: PostgreSQL, {@code src/backend/storage/ipc/standby.c},
 * StandbyAcquireAccessExclusiveLock; on a standby no session may take that lock, so that replay
 * alone holds it.
 */
public final class ReplayLocks {
    /** The oids of those tables of this database; none outside recovery. */
    static final String HELD =
            "(select l.relation from pg_locks l where pg_is_in_recovery() and l.granted"
                    + " and l.locktype = 'relation' and l.mode = 'AccessExclusiveLock'"
                    + " and l.database = (select oid from pg_database"
                    + " where datname = current_database()))";

    private ReplayLocks() {}

    /** Whether replay holds this table. */
    public static boolean hold(Database session, TableShape table) throws RecoveryException {
        return session.one(
                row -> row.bool("held"),
                "select exists (select from pg_class c join pg_namespace n on n.oid = relnamespace"
                        + " where nspname = ? and relname = ? and c.oid in "
                        + HELD
                        + ") as held",
                table.schema(),
                table.name());
    }
}
