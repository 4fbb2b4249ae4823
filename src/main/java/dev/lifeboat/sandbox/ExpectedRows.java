package dev.lifeboat.sandbox;

import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows the record says there were at an instant.
 *
 * @param rows content by id, by table
 * @param uncertain ids that a transaction touched of which nobody heard whether it committed
 * @param lastCommit the last transaction included; empty when there was none
 * @param lostCommits transactions that committed after the instant
 */
record ExpectedRows(
        Map<AppTable, NavigableMap<Long, String>> rows,
        Set<Long> uncertain,
        Optional<Instant> lastCommit,
        long lostCommits) {
    /** Reads the record up to and with this instant. */
    static ExpectedRows at(Path record, Instant instant) throws RecoveryException {
        List<TrafficRecord.Recorded> all = TrafficRecord.read(record);
        Map<AppTable, NavigableMap<Long, String>> rows = new EnumMap<>(AppTable.class);
        for (AppTable table : AppTable.values()) {
            rows.put(table, new TreeMap<>());
        }
        Set<Long> uncertain = new HashSet<>();
        Optional<Instant> last = Optional.empty();
        long lost = 0;
        for (TrafficRecord.Recorded transaction : all) {
            if (transaction.committedAt().isEmpty()) {
                transaction.changes().forEach(change -> uncertain.add(change.id()));
            } else if (transaction.committedAt().get().isAfter(instant)) {
                lost++;
            } else {
                transaction.changes().forEach(change -> apply(rows.get(change.table()), change));
                last = transaction.committedAt();
            }
        }
        return new ExpectedRows(rows, uncertain, last, lost);
    }

    private static void apply(NavigableMap<Long, String> table, Change change) {
        if (change.content().isPresent()) {
            table.put(change.id(), change.content().get());
        } else {
            table.remove(change.id());
        }
    }
}
