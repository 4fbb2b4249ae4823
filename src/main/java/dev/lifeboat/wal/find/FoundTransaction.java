package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A committed transaction, and what it did.
 *
 * @param xid top-level; unsigned 32 bits
 * @param time when it committed, by the clock of the server, in microseconds
 * @param lsn where its commit record starts
 * @param kind what hurts; empty for a transaction that is merely told of
 * @param database its name, or its OID where there is no name
 * @param relations by name with schema, or as {@code database/file} where there is no name
 * @param rows deleted, overwritten or changed as the kind says; of a dropped or truncated relation
 *     what the server estimated; empty when nobody said
 * @param stopBefore recovery that stops here, exclusive, leaves out all of it
 */
public record FoundTransaction(
        int xid,
        Instant time,
        Lsn lsn,
        Optional<HarmKind> kind,
        String database,
        List<String> relations,
        OptionalLong rows,
        Lsn stopBefore) {
    public FoundTransaction {
        relations = List.copyOf(relations);
    }

    /** Whether it touched this relation, named with or without its schema. */
    public boolean touches(String relation) {
        return relations.stream()
                .anyMatch(own -> own.equals(relation) || own.endsWith("." + relation));
    }
}
