package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The WAL from one base on until the next base ends.
 *
 * @param base gives the names
 * @param chain its segments without a gap, as far as they reach
 * @param until its first position that belongs to the next stretch; empty on the last one
 * @param ends when the next base ended; empty on the last one
 */
record Stretch(CatalogEntry base, WalChain chain, Optional<Lsn> until, Optional<Instant> ends) {
    BaseFacts facts() {
        return base.facts().base().orElseThrow();
    }

    /** Commits from here on can be recovered from the base. */
    Lsn from() {
        return facts().stopLsn();
    }

    boolean holds(Lsn commit) {
        return !commit.isBefore(from()) && until.filter(end -> !commit.isBefore(end)).isEmpty();
    }

    List<WalSegment> segments() {
        return chain.upTo(until.orElse(chain.end(facts().startLsn())));
    }

    /** Whether the archive lacks segments before the next base's end, or in its midst. */
    boolean isBroken() {
        return until.map(end -> !chain.reaches(end)).orElse(chain.hole().archiveGoesOn());
    }
}
