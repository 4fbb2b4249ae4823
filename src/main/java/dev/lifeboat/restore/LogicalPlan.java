package dev.lifeboat.restore;

import dev.lifeboat.restore.logical.DumpSource;
import dev.lifeboat.restore.logical.LogicalTarget;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a logical restore will do, decided and shown before it begins. What is restored goes
 * into a database beside the one that is meant and takes its name only when it is whole; where the
 * role may create none and the one that is meant is empty, it is filled in one transaction.
 *
 * @param region {@code auto}, {@code primary} or {@code dr}
 * @param scratch the database that is made and filled; empty when the target itself is filled
 * @param kept the name the database that is there gets; empty when there is none
 * @param roles of the globals file that do not exist and are made
 * @param spool where the decrypted dump goes before pg_restore reads it; empty when it is streamed
 * @param jobs how many slices and tables at once
 */
public record LogicalPlan(
        String id,
        String tool,
        String host,
        Instant plannedAt,
        String region,
        DumpSource source,
        String sourceReason,
        LogicalTarget target,
        Optional<String> scratch,
        Optional<String> kept,
        List<String> roles,
        Optional<Path> spool,
        int jobs,
        List<String> notes,
        Optional<String> confirm)
        implements RestorePlan {
    public LogicalPlan {
        roles = List.copyOf(roles);
        notes = List.copyOf(notes);
    }

    /** Whether the target is filled itself, since no other database can be made. */
    public boolean fillsDirectly() {
        return scratch.isEmpty();
    }

    @Override
    public Optional<String> stake() {
        return confirm.map(
                _ ->
                        "The database "
                                + target.confirmText()
                                + " is not empty; it would get the name "
                                + kept.orElseThrow()
                                + ", and what was restored the name "
                                + target.database()
                                + ".");
    }
}
