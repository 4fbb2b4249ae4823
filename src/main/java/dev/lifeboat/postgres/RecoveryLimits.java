package dev.lifeboat.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that must not be lower on a server that recovers with sessions than they were where
 * the WAL was written.
 *
 * <p>Source: PostgreSQL documentation, 27.4.3 "Administrator's Overview".
 */
public record RecoveryLimits(
        int maxConnections,
        int maxWorkerProcesses,
        int maxWalSenders,
        int maxPreparedTransactions,
        int maxLocksPerTransaction) {
    /** The greater of each. */
    public RecoveryLimits max(RecoveryLimits other) {
        return new RecoveryLimits(
                Math.max(maxConnections, other.maxConnections),
                Math.max(maxWorkerProcesses, other.maxWorkerProcesses),
                Math.max(maxWalSenders, other.maxWalSenders),
                Math.max(maxPreparedTransactions, other.maxPreparedTransactions),
                Math.max(maxLocksPerTransaction, other.maxLocksPerTransaction));
    }

    /** By the names of PostgreSQL's settings. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("max_connections", Integer.toString(maxConnections));
        settings.put("max_worker_processes", Integer.toString(maxWorkerProcesses));
        settings.put("max_wal_senders", Integer.toString(maxWalSenders));
        settings.put("max_prepared_transactions", Integer.toString(maxPreparedTransactions));
        settings.put("max_locks_per_transaction", Integer.toString(maxLocksPerTransaction));
        return settings;
    }
}
