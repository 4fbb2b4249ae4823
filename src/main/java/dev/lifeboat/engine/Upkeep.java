package dev.lifeboat.engine;

import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.replication.RegionComparison;
import dev.lifeboat.replication.RegionRepair;
import dev.lifeboat.restore.TargetLeases;
import dev.lifeboat.retention.Cleanup;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.retention.Holds;
import dev.lifeboat.retention.RetentionPlanner;
import dev.lifeboat.retention.RetentionRules;
import dev.lifeboat.rotation.KeyRotation;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.RegionChoice;

import java.time.Duration;

/**
 * What keeps the buckets in order: retention, holds, leases; for command line and window alike. For
 * one thread, as its engine.
 */
public final class Upkeep {
    /** Long enough for a slow step, short enough not to be waited for after a crash. */
    private static final Duration LEASE_TERM = Duration.ofMinutes(15);

    private final Engine engine;

    /**
     * @param engine over every region that is set up; stays the caller's to close
     */
    public Upkeep(Engine engine) {
        this.engine = engine;
    }

    /** BACKUP_RETENTION_DAYS and BACKUP_PITR_DAYS with the runbook's other rules. */
    public RetentionRules rules() throws RecoveryException {
        return RetentionRules.runbook(
                engine.settings().retentionDays(), engine.settings().pitrDays());
    }

    /** What each full and configuration backup is kept as. */
    public Generations generations(CatalogListing listing) throws RecoveryException {
        return Generations.of(listing.entries(), rules(), engine.clock().instant());
    }

    public Holds holds() throws RecoveryException {
        return new Holds(engine.backups(), engine.keyNames());
    }

    /**
     * @throws RecoveryException USAGE when a region is left out: what one region holds decides
     *     nothing
     */
    public RetentionPlanner retention() throws RecoveryException {
        requireEveryRegion();
        return new RetentionPlanner(
                engine.catalog(),
                engine.windows(),
                engine.backups(),
                engine.wal(),
                engine.settings().prefix(),
                holds(),
                rules(),
                engine.clock());
    }

    public Cleanup cleanup() throws RecoveryException {
        return new Cleanup(retention(), engine.backups(), engine.wal(), leases());
    }

    /**
     * @throws RecoveryException SETTING_MISSING when no DR region is set up
     */
    public RegionComparison comparison() throws RecoveryException {
        if (engine.backups().regions().size() < 2) {
            throw new RecoveryException(
                    ProblemCode.SETTING_MISSING,
                    "There is no second region to compare with.",
                    "BACKUP_SECONDARY_BUCKET is not set, or one region alone was chosen.",
                    "Set it, for example: export BACKUP_SECONDARY_BUCKET=mockupaws-backups-dr");
        }
        return new RegionComparison(
                engine.catalog(),
                engine.backups(),
                engine.wal(),
                engine.keys(),
                engine.keyNames(),
                engine.clock());
    }

    public RegionRepair repair() throws RecoveryException {
        return new RegionRepair(comparison(), engine.catalog(), leases());
    }

    /**
     * @throws RecoveryException USAGE when a region is left out
     */
    public KeyRotation rotation() throws RecoveryException {
        requireEveryRegion();
        return new KeyRotation(
                engine.catalog(),
                engine.backups(),
                engine.wal(),
                engine.keys(),
                engine.settings().prefix(),
                leases());
    }

    /** Leases lie in the bucket of backups of the preferred region, so that all agree on them. */
    public Leases leases() throws RecoveryException {
        return new Leases(
                engine.backups().regions().getFirst().store(),
                engine.settings().prefix(),
                LEASE_TERM,
                engine.clock());
    }

    /** The leases of what is restored into lie in each region, so that one may be lost. */
    public TargetLeases targetLeases() throws RecoveryException {
        return new TargetLeases(
                engine.backups(), engine.settings().prefix(), LEASE_TERM, engine.clock(), owner());
    }

    /** Who works here, for whoever is refused a lease. */
    public String owner() {
        return engine.host().currentUser().name()
                + "@"
                + engine.host().name()
                + ", process "
                + ProcessHandle.current().pid();
    }

    private void requireEveryRegion() throws RecoveryException {
        if (engine.choice() != RegionChoice.AUTO) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "This needs every region that is set up.",
                    "The region " + engine.choice() + " alone was chosen.",
                    "Leave --region out.");
        }
    }
}
