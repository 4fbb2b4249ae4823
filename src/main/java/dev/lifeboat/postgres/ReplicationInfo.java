package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a server stands in its WAL, and how far behind it others are.
 *
 * <p>Source: PostgreSQL documentation, 9.27.3 "Backup Control Functions", 9.27.4 "Recovery Control
 * Functions", 28.2.4 "pg_stat_replication".
 *
 * @param inRecovery whether it is a standby
 * @param writtenTo the position it inserts at; empty in recovery
 * @param timeline it writes on, eight hexadecimal digits; empty in recovery
 * @param replayLag how old the last commit it replayed is, also while the primary is idle; empty
 *     outside of recovery, and before the first one
 * @param standbyLagBytes what the last of its standbys has not replayed; empty when there are none,
 *     or the role may not see their positions
 */
public record ReplicationInfo(
        boolean inRecovery,
        Optional<Lsn> writtenTo,
        Optional<String> timeline,
        Optional<Duration> replayLag,
        OptionalLong standbyLagBytes) {
    /** Asks the server. Problems as {@link Database}. */
    public static ReplicationInfo read(Database session) throws RecoveryException {
        return session.one(
                row ->
                        new ReplicationInfo(
                                row.bool("in_recovery"),
                                row.optionalLsn("written"),
                                row.optionalText("timeline"),
                                row.optionalNumber("replay_seconds").map(Duration::ofSeconds),
                                row.optionalNumber("standby_bytes")
                                        .map(OptionalLong::of)
                                        .orElse(OptionalLong.empty())),
                """
                select pg_is_in_recovery() as in_recovery,
                       case when not pg_is_in_recovery()
                            then pg_current_wal_insert_lsn()::text end as written,
                       case when not pg_is_in_recovery()
                            then left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)
                             end as timeline,
                       case when pg_is_in_recovery()
                            then extract(epoch from
                                   clock_timestamp() - pg_last_xact_replay_timestamp())::bigint
                             end as replay_seconds,
                       case when not pg_is_in_recovery()
                            then (select max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))
                                    from pg_stat_replication)::bigint end as standby_bytes""");
    }
}
