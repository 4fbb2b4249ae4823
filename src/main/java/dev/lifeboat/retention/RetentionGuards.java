package dev.lifeboat.retention;

import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What must hold before anything may be removed; each of these has cost somebody a backup. */
final class RetentionGuards {
    /** Ages are days; a clock off by more than this is not one to count them by. */
    static final Duration CLOCK_LIMIT = Duration.ofMinutes(5);

    private final Instant now;

    RetentionGuards(Instant now) {
        this.now = now;
    }

    /**
     * @throws RecoveryException what the probe of a region met; CLOCK_SKEWED when our clock and
     *     that of a region differ
     */
    void requireClock(RegionPair regions, String prefix) throws RecoveryException {
        for (Region region : regions.regions()) {
            Optional<Duration> skew = region.store().probe(prefix).clockSkew();
            if (skew.filter(off -> off.abs().compareTo(CLOCK_LIMIT) > 0).isPresent()) {
                throw new RecoveryException(
                        ProblemCode.CLOCK_SKEWED,
                        "The ages of the backups cannot be told.",
                        "The clock of "
                                + region.store().name()
                                + " is "
                                + skew.get().toSeconds()
                                + " s beside this machine's.",
                        "Set this machine's clock, with: timedatectl set-ntp true");
            }
        }
    }

    /**
     * @throws RecoveryException what a region did not answer; RETENTION_STOPPED when a region shows
     *     no backup; CLOCK_SKEWED when a backup ended in the future
     */
    void requireWhole(CatalogListing listing, RegionPair regions) throws RecoveryException {
        if (!listing.unreachable().isEmpty()) {
            throw new RecoveryException(listing.unreachable().values().iterator().next());
        }
        for (Region region : regions.regions()) {
            boolean any =
                    listing.entries().stream()
                            .anyMatch(entry -> entry.regions().get(region.role()).objects() > 0);
            if (!any) {
                throw empty(region, "backup");
            }
        }
        Instant latest = now.plus(CLOCK_LIMIT);
        boolean future =
                listing.entries().stream()
                        .flatMap(entry -> entry.facts().finishedAt().stream())
                        .anyMatch(latest::isBefore);
        if (future) {
            throw new RecoveryException(
                    ProblemCode.CLOCK_SKEWED,
                    "A backup ended after now.",
                    "This machine's clock says " + now + ", or that of the backup's host was off.",
                    "Compare both clocks, with: timedatectl");
        }
    }

    /**
     * @throws RecoveryException RETENTION_STOPPED when a region that should hold WAL shows none
     */
    void requireWal(WalLedger ledger, RegionPair wal) throws RecoveryException {
        for (Region region : wal.regions()) {
            if (ledger.objects(region.role()) == 0) {
                throw empty(region, "WAL");
            }
        }
    }

    private static RecoveryException empty(Region region, String what) {
        return new RecoveryException(
                ProblemCode.RETENTION_STOPPED,
                "The listing of " + region.store().name() + " shows no " + what + ".",
                "An empty bucket is a sign of loss, or of a wrong setting, and no reason to remove"
                        + " anything elsewhere.",
                "Look at `lifeboat catalog`; fill the region with `lifeboat replicate --apply`, or"
                        + " correct bucket and prefix.");
    }
}
