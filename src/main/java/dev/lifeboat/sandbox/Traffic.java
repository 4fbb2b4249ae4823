package dev.lifeboat.sandbox;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.Database;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The application: one session that inserts, updates and deletes, and writes down outside the
 * database what each transaction did and when the server says it committed. One session, because
 * two that commit within the same microseconds may stand in the WAL in another order than their
 * times.
 */
final class Traffic implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int LOGS_A_SCENARIO = 4;

    private final SandboxServer server;
    private final TrafficRecord record;
    private final CancelToken stop = new CancelToken();
    private final AtomicLong committed = new AtomicLong();
    private final Random random = new Random(42);
    private final List<Long> scenarios = new ArrayList<>();
    private final List<Long> logs = new ArrayList<>();
    private final Thread thread;
    private boolean logsAreThere = true;
    private long nextId = 1;

    private Traffic(SandboxServer server, TrafficRecord record) {
        this.server = server;
        this.record = record;
        this.thread = Thread.ofPlatform().daemon().name("traffic").unstarted(this::run);
    }

    static Traffic start(SandboxServer server, TrafficRecord record) {
        var traffic = new Traffic(server, record);
        traffic.thread.start();
        return traffic;
    }

    /** Transactions committed so far. */
    long committed() {
        return committed.get();
    }

    /** Ends the traffic and returns when its last transaction is over. */
    @Override
    public void close() {
        stop.cancel();
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Database session = server.connect()) {
            while (!stop.isCancelled()) {
                work(session);
                stop.sleep(PAUSE);
            }
        } catch (CancelledException asked) {
            // The traffic was stopped.
        } catch (RecoveryException lost) {
            record.connectionLost(lost.problem());
        }
    }

    private void work(Database session) throws RecoveryException {
        try {
            transact(session);
        } catch (RecoveryException failed) {
            if (!session.isAlive()) {
                throw failed;
            }
            record.failed(failed.problem());
            logsAreThere = false;
        }
    }

    private void transact(Database session) throws RecoveryException {
        long xid =
                session.transaction(
                        database -> {
                            List<Change> changes = change(database);
                            long own =
                                    database.one(
                                            row -> row.number("xid"),
                                            "SELECT pg_current_xact_id()::text::bigint AS xid");
                            record.began(own, changes);
                            return own;
                        });
        Instant at =
                session.one(
                        row -> row.instant("at"),
                        "SELECT pg_xact_commit_timestamp(?::text::xid) AS at",
                        Long.toString(xid & 0xFFFFFFFFL));
        record.committed(xid, at);
        committed.incrementAndGet();
    }

    private List<Change> change(Database database) throws RecoveryException {
        var changes = new ArrayList<Change>();
        long scenario = insertScenario(database, changes);
        if (logsAreThere) {
            insertLogs(database, scenario, changes);
        }
        if (random.nextInt(5) == 0) {
            renameScenario(database, changes);
        }
        if (logsAreThere && logs.size() > 50 && random.nextInt(10) == 0) {
            deleteLog(database, changes);
        }
        return changes;
    }

    private long insertScenario(Database database, List<Change> changes) throws RecoveryException {
        long id = nextId++;
        String name = "scenario " + id + " " + text(20);
        database.execute("INSERT INTO scenarios (id, name, version) VALUES (?, ?, 1)", id, name);
        scenarios.add(id);
        changes.add(new Change(AppTable.SCENARIOS, id, Optional.of(name + "|1")));
        return id;
    }

    private void insertLogs(Database database, long scenario, List<Change> changes)
            throws RecoveryException {
        for (int i = 0; i < LOGS_A_SCENARIO; i++) {
            long id = nextId++;
            String message = text(200);
            database.execute(
                    "INSERT INTO scenario_logs (id, scenario_id, message) VALUES (?, ?, ?)",
                    id,
                    scenario,
                    message);
            logs.add(id);
            changes.add(
                    new Change(AppTable.SCENARIO_LOGS, id, Optional.of(scenario + "|" + message)));
        }
    }

    private void renameScenario(Database database, List<Change> changes) throws RecoveryException {
        long id = scenarios.get(random.nextInt(scenarios.size()));
        String content =
                database.one(
                        row -> row.text("content"),
                        "UPDATE scenarios SET version = version + 1 WHERE id = ?"
                                + " RETURNING name || '|' || version AS content",
                        id);
        changes.add(new Change(AppTable.SCENARIOS, id, Optional.of(content)));
    }

    private void deleteLog(Database database, List<Change> changes) throws RecoveryException {
        long id = logs.remove(random.nextInt(logs.size()));
        if (database.execute("DELETE FROM scenario_logs WHERE id = ?", id) == 1) {
            changes.add(new Change(AppTable.SCENARIO_LOGS, id, Optional.empty()));
        }
    }

    private String text(int length) {
        var letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }
}
