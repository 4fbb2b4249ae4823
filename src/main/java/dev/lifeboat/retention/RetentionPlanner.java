package dev.lifeboat.retention;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.WalSegment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Makes the plan of a cleanup from what lies in the buckets. Changes nothing. For one thread. */
public final class RetentionPlanner {
    private final Catalog catalog;
    private final RecoveryWindows windows;
    private final RegionPair backups;
    private final RegionPair wal;
    private final String prefix;
    private final Holds holds;
    private final RetentionRules rules;
    private final Clock clock;

    /**
     * @param backups every region that is set up
     * @param wal the regions of the bucket of WAL
     * @param prefix the profile's
     */
    public RetentionPlanner(
            Catalog catalog,
            RecoveryWindows windows,
            RegionPair backups,
            RegionPair wal,
            String prefix,
            Holds holds,
            RetentionRules rules,
            Clock clock) {
        this.catalog = catalog;
        this.windows = windows;
        this.backups = backups;
        this.wal = wal;
        this.prefix = prefix;
        this.holds = holds;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * The plan, as things are now.
     *
     * @throws RecoveryException when a region cannot be asked, a listing is empty, clocks disagree,
     *     a hold cannot be read, or the plan would break a promise (RETENTION_STOPPED)
     */
    public RetentionPlan plan(CancelToken cancel) throws RecoveryException {
        Instant now = clock.instant();
        var guards = new RetentionGuards(now);
        guards.requireClock(backups, prefix);
        CatalogListing listing = catalog.load(cancel);
        guards.requireWhole(listing, backups);
        List<Hold> held = holds.list(cancel);
        var judge = new Judge(listing, rules, held, now);
        RecoveryTimeline before = windows.read(listing, cancel);
        WalLedger ledger = ledger(judge.goodBases(), guards, cancel);
        var promises = new BasePromises(judge, before.timelines(), ledger, rules, now);
        promises.hold(held);
        List<Verdict> verdicts = listing.entries().stream().map(promises::verdict).toList();
        var draft = new PlanDraft(catalog, backups, wal, prefix, cancel);
        draft.backups(verdicts);
        draft.moves(verdicts, judge);
        draft.wal(promises.goingWal(), promises.segmentBytes());
        draft.walIndex(promises.goingWal(), ledger);
        promises.requireKept(verdicts);
        return draft.plan(verdicts, before, promises.windowAfter(before, verdicts));
    }

    private WalLedger ledger(List<CatalogEntry> bases, RetentionGuards guards, CancelToken cancel)
            throws RecoveryException {
        if (bases.isEmpty()) {
            return new WalLedger(WalSegment.DEFAULT_SIZE_BYTES);
        }
        int segmentBytes = bases.getFirst().facts().base().orElseThrow().walSegmentBytes();
        WalLedger ledger = WalLedger.read(wal, prefix, segmentBytes, cancel);
        guards.requireWal(ledger, wal);
        return ledger;
    }
}
