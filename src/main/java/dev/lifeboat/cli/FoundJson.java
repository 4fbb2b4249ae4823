package dev.lifeboat.cli;

import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code wal find --json} prints. */
record FoundJson(List<Transaction> transactions, FindResult.Scanned scanned, List<String> notes) {
    /** A transaction; {@code kind} is null where it is merely one around an instant. */
    record Transaction(
            long xid,
            Instant commitTime,
            Lsn lsn,
            Optional<HarmKind> kind,
            String database,
            List<String> relations,
            OptionalLong rows,
            Target stopBefore) {}

    /** As {@code restore} takes it: {@code --target-lsn VALUE --exclusive}. */
    record Target(String kind, Lsn value, boolean inclusive) {}

    static FoundJson of(FindResult result) {
        return new FoundJson(
                result.transactions().stream().map(FoundJson::transaction).toList(),
                result.scanned(),
                result.notes());
    }

    private static Transaction transaction(FoundTransaction found) {
        return new Transaction(
                Integer.toUnsignedLong(found.xid()),
                found.time(),
                found.lsn(),
                found.kind(),
                found.database(),
                found.relations(),
                found.rows(),
                new Target("lsn", found.stopBefore(), false));
    }
}
