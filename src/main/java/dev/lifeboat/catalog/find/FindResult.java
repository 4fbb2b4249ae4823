package dev.lifeboat.catalog.find;

import dev.lifeboat.wal.find.FoundTransaction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found, and in which part of the log.
 *
 * @param transactions in the order of the log
 * @param scanned what was read
 * @param notes what kept more from being read, full sentences
 */
public record FindResult(List<FoundTransaction> transactions, Scanned scanned, List<String> notes) {
    /**
     * The part of the log that was read, by the times of its first and last commit.
     *
     * @param from empty when no commit was read
     * @param to empty when no commit was read
     * @param complete whether that is all that was asked for: what was not found there is not there
     */
    public record Scanned(Optional<Instant> from, Optional<Instant> to, boolean complete) {}

    public FindResult {
        transactions = List.copyOf(transactions);
        notes = List.copyOf(notes);
    }
}
