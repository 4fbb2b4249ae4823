package dev.lifeboat.backup;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.DatabaseInfo;
import dev.lifeboat.postgres.ServerInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a server for what the manifest tells of its cluster. */
final class ClusterFactsReader {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFactsReader.class);
    private static final int MOST_TABLES = 1000;
    private static final int MOST_DATABASES = 100;
    private static final String SETTINGS =
            """
            select name, current_setting(name) as value from pg_settings
             where name in ('wal_level', 'archive_mode', 'archive_timeout', 'shared_buffers',
                            'wal_block_size', 'block_size', 'max_wal_size', 'TimeZone',
                            'server_encoding', 'lc_collate', 'lc_ctype', 'data_checksums',
                            'wal_log_hints', 'hot_standby', 'track_commit_timestamp',
                            'shared_preload_libraries', 'max_wal_senders', 'port')""";

    private final ConnectionSpec database;
    private final CancelToken cancel;

    ClusterFactsReader(ConnectionSpec database, CancelToken cancel) {
        this.database = database;
        this.cancel = cancel;
    }

    Manifest.ClusterFacts facts(Database session, ServerInfo server) throws RecoveryException {
        DatabaseInfo info = DatabaseInfo.read(session);
        var settings = new TreeMap<String, String>();
        session.query(row -> settings.put(row.text("name"), row.text("value")), SETTINGS);
        settings.putAll(server.limits().settings());
        return new Manifest.ClusterFacts(
                info.encoding(),
                provider(info.locale().provider()),
                info.locale().icuLocale().orElse(info.locale().collate()),
                settings,
                collations(info, server),
                info.extensions());
    }

    /** The largest tables of the database alone. */
    List<Manifest.TableEstimate> tables(Database session) throws RecoveryException {
        return largest(estimates(DatabaseInfo.read(session)));
    }

    /** The largest tables of all databases the role may enter. */
    List<Manifest.TableEstimate> tablesOfCluster(Database session) throws RecoveryException {
        var all = new ArrayList<Manifest.TableEstimate>();
        for (String name : databases(session)) {
            try (Database other = Database.connect(database.withDatabase(name), cancel)) {
                all.addAll(estimates(DatabaseInfo.read(other)));
            } catch (RecoveryException closedToUs) {
                cancel.check();
                LOG.info("The tables of {} are not estimated.", name, closedToUs);
            }
        }
        return largest(all);
    }

    /** What the whole cluster takes on the server's disks, in bytes, for the progress. */
    static long clusterBytes(Database session) throws RecoveryException {
        return session.one(
                row -> row.number("bytes"),
                """
                select coalesce(sum(pg_database_size(oid)), 0)::bigint as bytes from pg_database
                 where has_database_privilege(oid, 'CONNECT')""");
    }

    private static List<String> databases(Database session) throws RecoveryException {
        return session.query(
                row -> row.text("datname"),
                """
                select datname from pg_database
                 where datallowconn and not datistemplate
                   and has_database_privilege(oid, 'CONNECT')
                 order by pg_database_size(oid) desc limit\s"""
                        + MOST_DATABASES);
    }

    private static List<Manifest.TableEstimate> estimates(DatabaseInfo info) {
        return info.tables().stream()
                .map(
                        table ->
                                new Manifest.TableEstimate(
                                        info.name(),
                                        table.schema() + "." + table.name(),
                                        table.rowEstimate().orElse(-1L),
                                        table.estimatedBytes()))
                .toList();
    }

    private static List<Manifest.TableEstimate> largest(List<Manifest.TableEstimate> all) {
        return all.stream()
                .sorted(Comparator.comparingLong(Manifest.TableEstimate::bytes).reversed())
                .limit(MOST_TABLES)
                .toList();
    }

    private static Map<String, String> collations(DatabaseInfo info, ServerInfo server) {
        var versions = new TreeMap<String, String>();
        server.providerVersions()
                .forEach((provider, version) -> versions.put(provider(provider), version));
        info.collations()
                .forEach(
                        collation ->
                                collation
                                        .actual()
                                        .ifPresent(
                                                version ->
                                                        versions.put(
                                                                provider(collation.provider())
                                                                        + "/"
                                                                        + collation.name(),
                                                                version)));
        info.locale()
                .actualVersion()
                .ifPresent(
                        version ->
                                versions.put(
                                        provider(info.locale().provider())
                                                + "/"
                                                + info.locale().collate(),
                                        version));
        return versions;
    }

    private static String provider(String letter) {
        return switch (letter) {
            case "c" -> "libc";
            case "i" -> "icu";
            case "b" -> "builtin";
            default -> letter;
        };
    }
}
