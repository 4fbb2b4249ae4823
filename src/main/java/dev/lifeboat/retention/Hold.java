package dev.lifeboat.retention;

import dev.lifeboat.catalog.CatalogEntry;

import java.time.Instant;
import java.util.Optional;

/**
 * What must stay whatever the rules say: one backup, or every moment of a stretch of time.
 *
 * @param id the name of the hold
 * @param backup the id of the backup it covers
 * @param period the stretch it covers; one of the two is there
 * @param reason why, in the words of who set it
 * @param setBy who set it
 */
public record Hold(
        String id,
        Optional<String> backup,
        Optional<Period> period,
        String reason,
        String setBy,
        Instant setAt) {
    /** From the first moment to the last, both covered. */
    public record Period(Instant from, Instant to) {
        public Period {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("a period ends before it begins");
            }
        }

        boolean contains(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    public Hold {
        if (backup.isPresent() == period.isPresent()) {
            throw new IllegalArgumentException("a hold covers a backup or a period");
        }
    }

    /** Whether it covers this backup itself: by its id, or because it was begun in the period. */
    public boolean covers(CatalogEntry entry) {
        return backup.filter(entry.id()::equals).isPresent()
                || period.filter(stretch -> stretch.contains(entry.facts().startedAt()))
                        .isPresent();
    }

    /** What it covers, for a person. */
    public String scope() {
        return backup.orElseGet(
                () -> period.map(stretch -> stretch.from() + " to " + stretch.to()).orElseThrow());
    }
}
