package dev.lifeboat.restore;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which bases a target can be reached from, the best one first: the newest that was consistent
 * before the target. A newer one that is broken is told, never chosen.
 */
record BaseChoice(List<CatalogEntry> candidates, List<CatalogEntry> broken) {
    /**
     * @param catalog finds a backup that is named by its address
     */
    static BaseChoice of(Catalog catalog, CatalogListing listing, RestoreRequest request)
            throws RecoveryException {
        if (!request.backup().equals(RestoreRequest.LATEST)) {
            CatalogEntry named =
                    catalog.resolve(listing, request.backup(), BackupKind.BASE).entry();
            if (named.kind() == BackupKind.BASE) {
                return new BaseChoice(List.of(usable(named)), List.of());
            }
        }
        var candidates = new ArrayList<CatalogEntry>();
        var broken = new ArrayList<CatalogEntry>();
        for (CatalogEntry entry : listing.ofKind(BackupKind.BASE)) {
            if (!entry.isUsable() || entry.facts().base().isEmpty()) {
                broken.add(entry);
            } else if (mayLeadTo(entry.facts().base().get(), request.target())) {
                candidates.add(entry);
            }
        }
        if (candidates.isEmpty()) {
            throw none(listing, request.target());
        }
        return new BaseChoice(candidates, broken);
    }

    private static boolean mayLeadTo(BaseFacts base, RecoveryTarget target)
            throws RecoveryException {
        return switch (target.kind()) {
            case TIME -> !base.stopTime().isAfter(Timestamps.parse(target.value()).instant());
            case LSN -> !base.stopLsn().isAfter(Lsn.parse(target.value()));
            default -> true;
        };
    }

    private static CatalogEntry usable(CatalogEntry named) throws RecoveryException {
        if (named.isUsable() && named.facts().base().isPresent()) {
            return named;
        }
        throw named.problem()
                .map(RecoveryException::new)
                .orElseGet(
                        () ->
                                new RecoveryException(
                                        ProblemCode.BACKUP_INCOMPLETE,
                                        "The base " + named.id() + " cannot be restored from.",
                                        BackupChoice.whyBroken(named),
                                        "Choose another base that lifeboat catalog --kind base"
                                                + " shows, or allow the other region (--region"
                                                + " auto)."));
    }

    /** A dump leads to its own moment alone; not to know of a region is no reason to offer it. */
    private static void offerADump(CatalogListing listing) throws RecoveryException {
        Optional<CatalogEntry> dump =
                listing.ofKind(BackupKind.FULL).stream().filter(CatalogEntry::isUsable).findFirst();
        if (dump.isPresent() && listing.unreachable().isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.NO_BASE,
                    "There is no base backup, so no moment can be chosen.",
                    "There are dumps only, each of its own moment; the newest is "
                            + dump.get().id()
                            + " of "
                            + dump.get().facts().startedAt()
                            + ".",
                    "Restore that one with: lifeboat restore "
                            + dump.get().id()
                            + "; for the future take bases: lifeboat backup base.");
        }
    }

    private static RecoveryException none(CatalogListing listing, RecoveryTarget target)
            throws RecoveryException {
        if (listing.ofKind(BackupKind.BASE).isEmpty()) {
            offerADump(listing);
        }
        BackupChoice.latest(listing, BackupKind.BASE);
        Instant oldest =
                listing.ofKind(BackupKind.BASE).stream()
                        .flatMap(entry -> entry.facts().base().stream())
                        .map(BaseFacts::stopTime)
                        .min(Instant::compareTo)
                        .orElseThrow();
        return new RecoveryException(
                ProblemCode.TARGET_BEFORE_BASE,
                "No base is older than the target (" + target + ").",
                "The oldest one is consistent only from " + oldest + " on.",
                "Choose a later target; lifeboat timeline shows the windows.");
    }
}
