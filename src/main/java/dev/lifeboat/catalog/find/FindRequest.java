package dev.lifeboat.catalog.find;

import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked for.
 *
 * @param from commits at or after it; empty: from the first base on
 * @param to commits at or before it; empty: to the end of the archive
 * @param relation the name of a relation, with or without schema; empty: of any
 * @param kinds none: all
 * @param fewestRows deletes and updates of fewer rows are left out
 */
public record FindRequest(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> relation,
        Set<HarmKind> kinds,
        long fewestRows) {
    /** What counts as a large delete or update when nobody says otherwise. */
    public static final long MANY_ROWS = 100;

    public FindRequest {
        kinds = kinds.isEmpty() ? EnumSet.allOf(HarmKind.class) : EnumSet.copyOf(kinds);
    }

    /** Everything the archive tells of. */
    public static FindRequest everything() {
        return new FindRequest(
                Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), MANY_ROWS);
    }

    boolean wants(FoundTransaction found) {
        return isWithin(found.time())
                && found.kind().filter(kinds::contains).isPresent()
                && (relation.isEmpty() || found.touches(relation.get()));
    }

    boolean isWithin(Instant time) {
        return !from.filter(time::isBefore).isPresent() && !to.filter(time::isAfter).isPresent();
    }
}
