package dev.lifeboat.catalog.windows;

import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.WalSegment;

import java.util.Optional;
import java.util.Set;

/**
 * Consecutive segments of one timeline that are needed and that the same regions lack.
 *
 * @param missingIn regions that were listed and do not have them
 * @param fillableFrom the region that has them
 */
public record Gap(
        WalSegment first,
        WalSegment last,
        Set<Region.Role> missingIn,
        Optional<Region.Role> fillableFrom) {
    public Gap {
        missingIn = Set.copyOf(missingIn);
    }

    public long segments() {
        return last.number() - first.number() + 1;
    }
}
