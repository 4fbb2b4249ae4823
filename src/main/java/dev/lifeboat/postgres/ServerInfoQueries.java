package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a server for {@link ServerInfo}.
 *
 * <p>Source: PostgreSQL documentation, 9.27.11 "Control Data Functions", 54.24 "pg_settings", 53.56
 * "pg_tablespace", 9.27.9 "Collation Management Functions".
 */
final class ServerInfoQueries {
    private final Database session;

    ServerInfoQueries(Database session) {
        this.session = session;
    }

    ServerInfo read() throws RecoveryException {
        return session.one(
                        row ->
                                new ServerInfo(
                                        new PgVersion(row.integer("version")),
                                        row.text("version_text"),
                                        row.text("system_identifier"),
                                        row.integer("timeline"),
                                        row.bool("in_recovery"),
                                        row.integer("segment_bytes"),
                                        row.integer("checksums") != 0,
                                        limits(row),
                                        role(row),
                                        Optional.empty(),
                                        List.of(),
                                        Map.of()),
                        """
                        select current_setting('server_version_num')::int as version,
                               version() as version_text,
                               system_identifier::text as system_identifier,
                               timeline_id as timeline, pg_is_in_recovery() as in_recovery,
                               bytes_per_wal_segment as segment_bytes,
                               data_page_checksum_version as checksums,
                               current_setting('max_connections')::int as connections,
                               current_setting('max_worker_processes')::int as workers,
                               current_setting('max_wal_senders')::int as senders,
                               current_setting('max_prepared_transactions')::int as prepared,
                               current_setting('max_locks_per_transaction')::int as locks,
                               rolname, rolsuper, rolreplication, rolcreatedb
                          from pg_control_system(), pg_control_checkpoint(),
                               (select bytes_per_wal_segment, data_page_checksum_version
                                  from pg_control_init()) init,
                               pg_roles
                         where rolname = current_user""")
                .withDetails(paths(), tablespaces(), providers());
    }

    private static RecoveryLimits limits(Row row) {
        return new RecoveryLimits(
                row.integer("connections"),
                row.integer("workers"),
                row.integer("senders"),
                row.integer("prepared"),
                row.integer("locks"));
    }

    private static ServerInfo.Role role(Row row) {
        return new ServerInfo.Role(
                row.text("rolname"),
                row.bool("rolsuper"),
                row.bool("rolreplication") || row.bool("rolsuper"),
                row.bool("rolcreatedb") || row.bool("rolsuper"));
    }

    /** These settings are hidden from roles outside pg_read_all_settings. */
    private Optional<ServerInfo.Paths> paths() throws RecoveryException {
        Map<String, Path> paths = new LinkedHashMap<>();
        session.query(
                row -> paths.put(row.text("name"), Path.of(row.text("setting"))),
                """
                select name, setting from pg_settings
                 where name in ('data_directory', 'config_file', 'hba_file', 'ident_file')
                   and setting is not null""");
        if (paths.size() < 4) {
            return Optional.empty();
        }
        return Optional.of(
                new ServerInfo.Paths(
                        paths.get("data_directory"),
                        paths.get("config_file"),
                        paths.get("hba_file"),
                        paths.get("ident_file")));
    }

    private List<ServerInfo.Tablespace> tablespaces() throws RecoveryException {
        return session.query(
                row ->
                        new ServerInfo.Tablespace(
                                row.number("oid"), row.text("spcname"), row.text("location")),
                """
                select oid::bigint as oid, spcname, pg_tablespace_location(oid) as location
                  from pg_tablespace where spcname not in ('pg_default', 'pg_global')
                 order by oid""");
    }

    private Map<String, String> providers() throws RecoveryException {
        Map<String, String> versions = new LinkedHashMap<>();
        session.query(
                row -> versions.put(row.text("provider"), row.text("version")),
                """
                select collprovider::text as provider,
                       max(pg_collation_actual_version(oid)) as version
                  from pg_collation where collversion is not null
                 group by 1 having max(pg_collation_actual_version(oid)) is not null""");
        return versions;
    }
}
