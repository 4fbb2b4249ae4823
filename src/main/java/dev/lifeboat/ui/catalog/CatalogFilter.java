package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What of the catalog is shown.
 *
 * @param text stands in id, key or database, whatever its case
 * @param kind empty for all
 * @param unverified only those never verified, or found wrong
 * @param oneRegion only those whole in one region and, as it answered, not in the other
 * @param broken only those no restore can begin from
 * @param lastDay only those begun within 24 hours
 */
record CatalogFilter(
        String text,
        Optional<BackupKind> kind,
        boolean unverified,
        boolean oneRegion,
        boolean broken,
        boolean lastDay) {
    private static final Duration DAY = Duration.ofDays(1);

    static CatalogFilter none() {
        return new CatalogFilter("", Optional.empty(), false, false, false, false);
    }

    boolean isNone() {
        return equals(none());
    }

    /** Whether some backups are looked for, and not just all of a kind. */
    boolean looksForSome() {
        return !text.isBlank() || unverified || oneRegion || broken || lastDay;
    }

    boolean shows(CatalogRow row, Instant now) {
        return holdsText(row)
                && kind.map(wanted -> row.kind() == wanted).orElse(true)
                && !(unverified && row.verifiedOk())
                && !(oneRegion && !row.isInOneRegionOnly())
                && !(broken && row.usable())
                && !(lastDay && row.startedAt().isBefore(now.minus(DAY)));
    }

    private boolean holdsText(CatalogRow row) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || row.key().toLowerCase(Locale.ROOT).contains(wanted)
                || row.id().toLowerCase(Locale.ROOT).contains(wanted)
                || row.database().toLowerCase(Locale.ROOT).contains(wanted);
    }
}
