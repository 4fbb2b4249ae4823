package dev.lifeboat.catalog;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest result of verification of each backup, from the names of the records alone. */
final class VerifyRecords {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyRecords.class);

    private static final int LISTINGS_AT_ONCE = 8;

    private record Content(String id, String identity) {}

    private final Map<Content, Verification> newest = new HashMap<>();

    private VerifyRecords() {}

    /** Lists the records of each region; one that does not answer is passed over. */
    static VerifyRecords of(List<Region> regions, BackupKeys keys, CancelToken cancel)
            throws RecoveryException {
        VerifyRecords records = new VerifyRecords();
        for (Region region : regions) {
            try {
                new ParallelListing(region.store(), LISTINGS_AT_ONCE)
                        .list(
                                keys.records(VerifyRecordName.KIND),
                                object -> {
                                    VerifyRecordName.parse(object.key()).ifPresent(records::add);
                                    return true;
                                },
                                cancel);
            } catch (StorageException unanswered) {
                LOG.debug("Records of {} cannot be listed", region.name(), unanswered);
            }
        }
        return records;
    }

    private void add(VerifyRecordName record) {
        newest.merge(
                new Content(record.id(), record.identity()),
                record.verification(),
                (a, b) -> a.at().isAfter(b.at()) ? a : b);
    }

    CatalogEntry applied(CatalogEntry entry) {
        Verification found = newest.get(new Content(entry.id(), entry.facts().identity()));
        return found == null ? entry : entry.with(Optional.of(found));
    }
}
