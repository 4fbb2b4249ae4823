package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.kernel.ByteSize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the newest full or base is much smaller than those before it. An almost empty dump of an
 * emptied database is a perfect backup, and the last warning before the good ones expire.
 */
final class Shrinking {
    private static final int COMPARED = 7;
    private static final long CRITICAL_PERCENT = 50;
    private static final long WARNING_PERCENT = 80;

    private Shrinking() {}

    static List<HealthFinding> of(CatalogListing catalog) {
        List<HealthFinding> found = new ArrayList<>();
        for (BackupKind kind : List.of(BackupKind.FULL, BackupKind.BASE)) {
            of(catalog.ofKind(kind).stream().filter(CatalogEntry::isUsable).toList())
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Compared with the median of up to seven before it, of the same database. */
    private static Optional<HealthFinding> of(List<CatalogEntry> newestFirst) {
        if (newestFirst.isEmpty()) {
            return Optional.empty();
        }
        CatalogEntry newest = newestFirst.getFirst();
        List<Long> before =
                newestFirst.stream()
                        .skip(1)
                        .filter(entry -> entry.facts().database().equals(newest.facts().database()))
                        .limit(COMPARED)
                        .map(Shrinking::size)
                        .sorted()
                        .toList();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(judged(newest, before.get(before.size() / 2)));
    }

    private static long size(CatalogEntry entry) {
        return entry.facts().storedBytes();
    }

    private static HealthFinding judged(CatalogEntry newest, long usual) {
        String says =
                "The newest "
                        + newest.kind().word()
                        + " backup holds "
                        + ByteSize.format(size(newest))
                        + ", those before it "
                        + ByteSize.format(usual)
                        + " (median).";
        String remedy =
                "Find out what is gone before older backups expire: lifeboat wal find; set a hold:"
                        + " lifeboat hold set.";
        if (size(newest) * 100 < usual * CRITICAL_PERCENT) {
            return critical(HealthCheck.SHRINKING, says, remedy);
        }
        return size(newest) * 100 < usual * WARNING_PERCENT
                ? warning(HealthCheck.SHRINKING, says, remedy)
                : ok(HealthCheck.SHRINKING, says);
    }
}
