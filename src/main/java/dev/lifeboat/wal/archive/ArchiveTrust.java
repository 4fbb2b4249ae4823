package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedWal;

import java.util.Optional;

/**
 * Decides whether a file without an HMAC may be taken from this archive. Whether the archive
 * authenticates its files is found out once, the first time it matters.
 */
final class ArchiveTrust {
    /** So many encrypted objects without an HMAC are looked at before the region is believed. */
    private static final int LOOKED_AT = 8;

    private final WalTrust policy;
    private final RegionAnswers regions;
    private final WalListing listing;
    private Boolean authenticates;

    ArchiveTrust(WalTrust policy, RegionAnswers regions, WalListing listing) {
        this.policy = policy;
        this.regions = regions;
        this.listing = listing;
    }

    /**
     * @throws RecoveryException WAL_UNAUTHENTICATED when the copy carries no HMAC and others do
     */
    void requireAccepted(WalCopy copy) throws RecoveryException {
        if (policy == WalTrust.AS_THE_ARCHIVE && authenticates()) {
            throw new RecoveryException(
                    ProblemCode.WAL_UNAUTHENTICATED,
                    copy.name() + " carries no HMAC.",
                    "Other WAL of this archive does, so anybody may have put this one there.",
                    "Take it only if you know where it comes from: `lifeboat check` with the same"
                            + " arguments names the item to override, with a reason.");
        }
    }

    private synchronized boolean authenticates() throws RecoveryException {
        if (authenticates == null) {
            var found = regions.all(this::authenticates);
            boolean any = found.answers().containsValue(true);
            if (!any && found.answers().isEmpty()) {
                throw found.failures().values().iterator().next();
            }
            authenticates = any;
        }
        return authenticates;
    }

    private boolean authenticates(Region region) throws RecoveryException {
        var search = new Search(region);
        region.store().list(listing.folder(), "", search::visit, CancelToken.never());
        return search.found;
    }

    private final class Search {
        private final Region region;
        private int looked;
        private boolean found;

        Search(Region region) {
            this.region = region;
        }

        boolean visit(ObjectInfo object) throws RecoveryException {
            Optional<ArchivedWal> wal = ArchivedWal.parseKey(listing.prefix(), object.key());
            if (wal.isPresent() && wal.get().form().encrypted()) {
                looked++;
                found =
                        region.store()
                                .head(object.key())
                                .map(whole -> WalObjectMetadata.claimed(whole.metadata()))
                                .orElse(false);
            }
            return !found && looked < LOOKED_AT;
        }
    }
}
