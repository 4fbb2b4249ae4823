package dev.lifeboat.restore.server;

import dev.lifeboat.postgres.RecoveryLimits;
import dev.lifeboat.restore.PhysicalPlan;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration of a restored server until it is handed over. What reaches outside the copy is
 * shut off in the file, and on the command line of every start as well, where nothing overrides it.
 *
 * <p>Source: PostgreSQL documentation, chapter 20 "Server Configuration", 27.4 "Hot Standby".
 *
 * @param limits max_connections and its like, at least as large as on the source
 * @param socketDirectory which only the server's user may enter: it guards the trust of pg_hba.conf
 * @param restoreCommand of the spool's run; empty when nothing is replayed any more
 */
public record ManagedConfiguration(
        PhysicalPlan plan, RecoveryLimits limits, Path socketDirectory, String restoreCommand) {
    /** Who may enter, since only the server's user and root reach the socket. */
    static final String HBA =
            """
            # Written by Lifeboat. The socket's directory lets nobody but the server's user in.
            local all         all trust
            local replication all trust
            """;

    private static final long MIB = 1 << 20;

    /** Shuts off every way out of the copy. */
    private static final Map<String, String> SHUT = shut();

    private static Map<String, String> shut() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen_addresses", "");
        settings.put("unix_socket_permissions", "0700");
        settings.put("ssl", "off");
        settings.put("archive_mode", "off");
        settings.put("archive_command", "");
        settings.put("archive_library", "");
        settings.put("archive_cleanup_command", "");
        settings.put("recovery_end_command", "");
        settings.put("primary_conninfo", "");
        settings.put("primary_slot_name", "");
        settings.put("synchronous_standby_names", "");
        settings.put("max_logical_replication_workers", "0");
        settings.put("shared_preload_libraries", "");
        settings.put("session_preload_libraries", "");
        settings.put("local_preload_libraries", "");
        settings.put("restart_after_crash", "off");
        return settings;
    }

    /** What every start is given on its command line. */
    public Map<String, String> commandLine() {
        var settings = new LinkedHashMap<>(SHUT);
        plan.overrides().forEach((name, setting) -> settings.put(name, setting.value()));
        limits.settings().forEach((name, value) -> settings.merge(name, value, this::greater));
        settings.put("port", Integer.toString(plan.port()));
        settings.put("unix_socket_directories", socketDirectory.toString());
        return settings;
    }

    /** {@code postgresql.conf} for a phase. */
    public String file(Phase phase) {
        var text = new StringBuilder();
        text.append("# Written by Lifeboat for the restore ").append(plan.id()).append(".\n");
        text.append("# It holds until the server is handed over:\n");
        text.append("#   lifeboat restores handover ").append(plan.id()).append('\n');
        append(text, commandLine());
        append(text, lasting());
        switch (phase) {
            case REPLAYING -> {
                append(text, recovery());
                append(text, fast());
            }
            case PAUSED -> {
                append(text, recovery());
                append(text, durable());
            }
            case PROMOTED -> append(text, durable());
        }
        return text.toString();
    }

    private Map<String, String> lasting() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("shared_buffers", plan.sharedBuffersBytes() / MIB + "MB");
        settings.put("huge_pages", "off");
        settings.put("hot_standby", "on");
        settings.put("max_standby_archive_delay", "0");
        settings.put("recovery_prefetch", "off");
        settings.put("min_wal_size", 5L * plan.wal().segmentBytes() / MIB + "MB");
        settings.put("cluster_name", "lifeboat " + plan.id());
        settings.put("log_destination", "stderr");
        settings.put("logging_collector", "off");
        settings.put("log_line_prefix", "%m [%p] ");
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        settings.put("lc_messages", "C");
        return settings;
    }

    private Map<String, String> recovery() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("restore_command", restoreCommand);
        settings.put("recovery_target_timeline", Long.toString(plan.timelines().getLast()));
        settings.putAll(plan.goal().settings());
        settings.put("recovery_target_action", "pause");
        settings.put("wal_recycle", "off");
        return settings;
    }

    /** No restartpoint but those asked for, and no waiting for the disk. */
    private static Map<String, String> fast() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("synchronous_commit", "off");
        settings.put("max_wal_size", "1TB");
        settings.put("checkpoint_timeout", "1d");
        settings.put("bgwriter_lru_maxpages", "0");
        return settings;
    }

    private Map<String, String> durable() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("max_wal_size", Math.max(1024, 64L * plan.wal().segmentBytes() / MIB) + "MB");
        settings.put("checkpoint_timeout", "5min");
        settings.put("bgwriter_lru_maxpages", "100");
        return settings;
    }

    private String greater(String one, String other) {
        return Long.parseLong(one) > Long.parseLong(other) ? one : other;
    }

    private static void append(StringBuilder text, Map<String, String> settings) {
        settings.forEach(
                (name, value) ->
                        text.append(name)
                                .append(" = '")
                                .append(value.replace("\\", "\\\\").replace("'", "''"))
                                .append("'\n"));
    }
}
