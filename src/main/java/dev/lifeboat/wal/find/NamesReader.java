package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.Row;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.wal.find.CatalogNames.DatabaseNames;
import dev.lifeboat.wal.find.CatalogNames.PlacedRelation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks a server, live or restored, for the names in its catalogs. */
public final class NamesReader {
    private static final Logger LOG = LoggerFactory.getLogger(NamesReader.class);
    private static final Pattern PLACE = Pattern.compile("\\((\\d+),(\\d+)\\)");
    private static final String POSITION =
            """
            select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                        else pg_current_wal_insert_lsn() end as lsn""";
    private static final String DATABASES =
            """
            select oid, datname,
                   datallowconn and has_database_privilege(oid, 'CONNECT') as open
              from pg_database""";
    private static final String MOVED =
            """
            select pg_relation_filenode(oid) as file, oid from pg_class
             where oid < 16384 and relkind in ('r', 't') and pg_relation_filenode(oid) <> oid""";
    private static final String RELATIONS =
            """
            select ctid::text as place, oid, relname, relnamespace, reltablespace, relfilenode,
                   relkind::text as kind, relpersistence = 't' as temporary,
                   reltuples::bigint as rows
              from pg_class where oid >= 16384""";

    private NamesReader() {}

    /**
     * Asks every database that lets this role in; of the others the name alone is known.
     *
     * @param server any of its databases
     * @throws RecoveryException when the server cannot be asked
     */
    public static CatalogNames read(ConnectionSpec server, CancelToken cancel)
            throws RecoveryException {
        try (Database session = Database.connect(server, cancel)) {
            ServerInfo info = ServerInfo.read(session);
            Lsn at = session.one(row -> row.lsn("lsn"), POSITION);
            record Known(long oid, String name, boolean open) {}
            List<Known> known =
                    session.query(
                            row ->
                                    new Known(
                                            row.number("oid"),
                                            row.text("datname"),
                                            row.bool("open")),
                            DATABASES);
            var databases = new ArrayList<DatabaseNames>();
            for (Known each : known) {
                databases.add(
                        each.open
                                ? asked(server, each.oid, each.name, cancel)
                                : unasked(each.oid, each.name));
            }
            return new CatalogNames(info.systemIdentifier(), info.version().major(), at, databases);
        }
    }

    private static DatabaseNames unasked(long oid, String name) {
        return new DatabaseNames(oid, name, Map.of(), Map.of(), List.of());
    }

    private static DatabaseNames asked(
            ConnectionSpec server, long oid, String name, CancelToken cancel)
            throws RecoveryException {
        try (Database session = Database.connect(server.withDatabase(name), cancel)) {
            return session.transaction(
                    one ->
                            new DatabaseNames(
                                    oid,
                                    name,
                                    pairs(one, MOVED),
                                    schemas(one),
                                    one.query(NamesReader::relation, RELATIONS)));
        } catch (RecoveryException closedToUs) {
            cancel.check();
            LOG.info("The names in {} are not known.", name, closedToUs);
            return unasked(oid, name);
        }
    }

    private static Map<Long, Long> pairs(Database session, String query) throws RecoveryException {
        return session
                .query(row -> Map.entry(row.number("file"), row.number("oid")), query)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<Long, String> schemas(Database session) throws RecoveryException {
        return session
                .query(
                        row -> Map.entry(row.number("oid"), row.text("nspname")),
                        "select oid, nspname from pg_namespace")
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static PlacedRelation relation(Row row) {
        Matcher place = PLACE.matcher(row.text("place"));
        if (!place.matches()) {
            throw new IllegalArgumentException("a ctid is a block and an offset");
        }
        return new PlacedRelation(
                Long.parseLong(place.group(1)),
                Integer.parseInt(place.group(2)),
                new NamedRelation(
                        row.number("oid"),
                        row.text("relname"),
                        row.number("relnamespace"),
                        row.number("reltablespace"),
                        row.number("relfilenode"),
                        row.text("kind").charAt(0),
                        row.bool("temporary"),
                        row.number("rows")));
    }
}
