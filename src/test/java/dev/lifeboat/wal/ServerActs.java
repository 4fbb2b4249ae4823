package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.TestCluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was done, and what the server answered. */
final class ServerActs {
    private static final int MEGABYTE = 1 << 20;
    private static final Pattern USAGE =
            Pattern.compile(
                    "\"WAL Records\": (\\d+).*?\"WAL FPI\": (\\d+).*?\"WAL Bytes\": (\\d+)",
                    Pattern.DOTALL);
    private final TestCluster server;
    private final Map<Long, long[]> usage = new HashMap<>();
    private Lsn restorePoint;
    private Lsn switched;
    Lsn lastFlushed;
    private long database;
    private long tablespace;
    private long account;
    private long dropped;
    private long truncated;
    private long rows;
    private long withBelow;
    private long preparedXid;
    private Path space;

    ServerActs(TestCluster server) {
        this.server = server;
    }

    void play() throws Exception {
        server.execute(
                "create table account (id int, owner text, balance numeric)",
                "create index on account (id)",
                "create table gone as select generate_series(1, 1000) i",
                "create table emptied as select generate_series(1, 1000) i");
        try (Database session = server.connect()) {
            rows(session);
            files(session);
            places(session);
            subtransactions(session);
            for (int i = 0; i < 150; i++) {
                session.execute("insert into account values (?, 'one by one', 0)", i);
            }
            lastFlushed = Lsn.parse(text(session, "select pg_current_wal_flush_lsn() as value"));
        }
    }

    private void rows(Database session) throws RecoveryException {
        rows =
                explained(
                        session,
                        "insert into account select i, 'o', 0 from generate_series(1, 5000) i");
        explained(session, "update account set balance = 1 where id % 5 = 0");
        explained(session, "delete from account where id % 10 = 3");
        account = filenode(session, "account");
    }

    private void files(Database session) throws RecoveryException {
        dropped = filenode(session, "gone");
        truncated = filenode(session, "emptied");
        session.execute("drop table gone");
        session.execute("truncate emptied");
        restorePoint =
                Lsn.parse(text(session, "select pg_create_restore_point('a point') as value"));
        switched = Lsn.parse(text(session, "select pg_switch_wal() as value"));
        session.execute("checkpoint");
    }

    private void places(Database session) throws Exception {
        space = Files.createDirectory(server.root.resolve("space"));
        server.host.files().chown(space, server.user);
        session.execute("create tablespace elsewhere location '" + space + "'");
        session.execute("create database passing");
        database =
                Long.parseLong(
                        text(
                                session,
                                "select oid as value from pg_database where datname = 'passing'"));
        tablespace =
                Long.parseLong(
                        text(
                                session,
                                "select oid as value from pg_tablespace where spcname = 'elsewhere'"));
        session.execute("drop database passing");
        session.execute("drop tablespace elsewhere");
    }

    private void subtransactions(Database session) throws RecoveryException {
        withBelow =
                session.transaction(
                        in -> {
                            long xid = xid(in);
                            in.execute("insert into account values (-1, 'above', 0)");
                            in.execute("savepoint a");
                            in.execute("insert into account values (-2, 'below', 0)");
                            in.execute("release a");
                            in.execute("savepoint b");
                            in.execute("insert into account values (-3, 'undone', 0)");
                            in.execute("rollback to b");
                            return xid;
                        });
        session.execute("begin");
        preparedXid = xid(session);
        session.execute("insert into account values (-4, 'prepared', 0)");
        session.execute("drop table emptied");
        session.execute("prepare transaction 'two phases'");
        session.execute("commit prepared 'two phases'");
        session.execute("begin");
        session.execute("insert into account values (-5, 'given up', 0)");
        session.execute("rollback");
    }

    private long explained(Database session, String statement) throws RecoveryException {
        return session.transaction(
                in -> {
                    long xid = xid(in);
                    String plan =
                            in.one(
                                    row -> row.text("QUERY PLAN"),
                                    "explain (analyze, wal, format json) " + statement);
                    Matcher numbers = USAGE.matcher(plan);
                    assertThat(numbers.find()).as(plan).isTrue();
                    usage.put(
                            xid,
                            new long[] {
                                Long.parseLong(numbers.group(1)),
                                Long.parseLong(numbers.group(2)),
                                Long.parseLong(numbers.group(3))
                            });
                    return xid;
                });
    }

    private static long xid(Database session) throws RecoveryException {
        return Long.parseLong(text(session, "select pg_current_xact_id() as value"));
    }

    private static long filenode(Database session, String table) throws RecoveryException {
        return Long.parseLong(
                text(session, "select pg_relation_filenode('" + table + "') as value"));
    }

    void compare(ToldLog told) {
        usage.forEach(
                (xid, expected) ->
                        assertThat(told.usage.get((int) (long) xid))
                                .as("WAL of %d", xid)
                                .isEqualTo(expected));
        assertThat(inserted(told, rows)).isEqualTo(5000);
        assertThat(inserted(told, withBelow)).isEqualTo(2);
        assertThat(inserted(told, preparedXid)).isEqualTo(1);
        assertThat(told.prepared).containsExactly("two phases " + preparedXid);
        assertThat(told.of(preparedXid).dropped()).isNotEmpty();
        assertThat(told.changes)
                .anyMatch(c -> c.dropped().stream().anyMatch(f -> f.number() == dropped))
                .anyMatch(
                        c ->
                                c.dropped().stream().anyMatch(f -> f.number() == truncated)
                                        && !c.created().isEmpty());
        assertThat(updatedAndDeleted(told)).containsExactly(1000L, 500L);
        events(told);
    }

    private long inserted(ToldLog told, long xid) {
        return told.of(xid).relations().stream()
                .filter(r -> r.relation().number() == account)
                .mapToLong(TransactionChanges.Rows::inserted)
                .sum();
    }

    private List<Long> updatedAndDeleted(ToldLog told) {
        var found = new ArrayList<Long>();
        for (TransactionChanges change : told.changes) {
            for (TransactionChanges.Rows counts : change.relations()) {
                if (counts.relation().number() == account && counts.updated() > 0) {
                    found.add(counts.updated());
                }
                if (counts.relation().number() == account && counts.deleted() > 0) {
                    found.add(counts.deleted());
                }
            }
        }
        return found;
    }

    private void events(ToldLog told) {
        WalEvent.RestorePoint point = told.all(WalEvent.RestorePoint.class).getFirst();
        assertThat(point.name()).isEqualTo("a point");
        assertThat(point.end()).isEqualTo(restorePoint);
        assertThat(told.all(WalEvent.Switch.class).getFirst().start()).isLessThan(switched);
        assertThat(told.all(WalEvent.Switch.class).getFirst().end())
                .isEqualTo(WalSegment.containing(switched, TimelineId.FIRST, MEGABYTE).end());
        assertThat(told.all(WalEvent.TablespaceCreated.class).getLast())
                .matches(t -> t.tablespace() == tablespace)
                .matches(t -> t.path().equals(space.toString()));
        assertThat(told.all(WalEvent.TablespaceDropped.class).getLast().tablespace())
                .isEqualTo(tablespace);
        assertThat(told.all(WalEvent.DatabaseCreated.class).getLast().files().database())
                .isEqualTo(database);
        assertThat(told.all(WalEvent.DatabaseDropped.class).getLast().database())
                .isEqualTo(database);
        WalEvent.ParameterChange settings = told.all(WalEvent.ParameterChange.class).getLast();
        assertThat(settings.trackCommitTimestamp()).isTrue();
        assertThat(settings.maxPreparedTransactions()).isEqualTo(10);
        assertThat(settings.walLevel()).isEqualTo(WalEvent.WalLevel.REPLICA);
    }

    static String text(Database session, String query) throws RecoveryException {
        return session.one(row -> row.text("value"), query);
    }
}
