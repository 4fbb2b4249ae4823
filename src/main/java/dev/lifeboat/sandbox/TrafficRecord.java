package dev.lifeboat.sandbox;

import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the traffic did, written outside the database: first what a transaction is about to do, then
 * that it committed and when. The database under test is never asked what it should hold.
 */
final class TrafficRecord implements AutoCloseable {
    private static final String BEGAN = "began";
    private static final String COMMITTED = "committed";
    private static final String FAILED = "failed";

    private final Journal journal;

    TrafficRecord(Path file, Clock clock) throws RecoveryException {
        this.journal = Journal.open(file, clock);
    }

    void began(long xid, List<Change> changes) throws RecoveryException {
        List<Object> rows = new ArrayList<>();
        for (Change change : changes) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("table", change.table().word());
            row.put("id", change.id());
            row.put("content", change.content().orElse(null));
            rows.add(row);
        }
        journal.note(BEGAN, Map.of("xid", xid, "rows", rows));
    }

    void committed(long xid, Instant at) throws RecoveryException {
        journal.note(COMMITTED, Map.of("xid", xid, "time", at.toString()));
    }

    void failed(Problem problem) throws RecoveryException {
        journal.note(FAILED, Map.of("why", problem.why()));
    }

    /** The session broke, as it must when the server is lost. */
    void connectionLost(Problem problem) {
        try {
            journal.record("connection-lost", Map.of("why", problem.what()));
        } catch (RecoveryException unwritable) {
            throw new IllegalStateException("the traffic's record cannot be written", unwritable);
        }
    }

    @Override
    public void close() throws RecoveryException {
        journal.close();
    }

    /**
     * A transaction of the record.
     *
     * @param committedAt empty when nobody heard whether it committed
     */
    record Recorded(long xid, List<Change> changes, Optional<Instant> committedAt) {}

    /** All transactions that committed or may have, in order. */
    static List<Recorded> read(Path file) throws RecoveryException {
        var recorded = new ArrayList<Recorded>();
        Recorded open = null;
        for (Event event : Journal.read(file)) {
            if (event.is(BEGAN)) {
                open = new Recorded(event.number("xid"), changes(event), Optional.empty());
            } else if (event.is(FAILED)) {
                open = null;
            } else if (event.is(COMMITTED) && open != null && open.xid() == event.number("xid")) {
                Instant time = Instant.parse(event.text("time").orElseThrow());
                recorded.add(new Recorded(open.xid(), open.changes(), Optional.of(time)));
                open = null;
            }
        }
        if (open != null) {
            recorded.add(open);
        }
        return recorded;
    }

    private static List<Change> changes(Event event) {
        var changes = new ArrayList<Change>();
        if (event.fields().get("rows") instanceof List<?> rows) {
            for (Object row : rows) {
                if (row instanceof Map<?, ?> fields) {
                    changes.add(change(fields));
                }
            }
        }
        return changes;
    }

    private static Change change(Map<?, ?> fields) {
        return new Change(
                AppTable.valueOf(fields.get("table").toString().toUpperCase(java.util.Locale.ROOT)),
                ((Number) fields.get("id")).longValue(),
                Optional.ofNullable(fields.get("content")).map(Object::toString));
    }
}
