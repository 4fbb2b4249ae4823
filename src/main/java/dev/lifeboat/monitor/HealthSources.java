package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an observation is made from. Each is asked for on its own, so that what is missing (a key, a
 * database) costs the answers that need it and no others.
 */
public interface HealthSources {
    Clock clock();

    /** The buckets of backups and records. */
    RegionPair backups() throws RecoveryException;

    /** Where things lie in them. */
    BackupKeys keyNames() throws RecoveryException;

    /** The catalog over every region. */
    Catalog catalog() throws RecoveryException;

    /** The windows over every region. */
    RecoveryWindows windows() throws RecoveryException;

    /** The catalog over one region, the other never asked. */
    Catalog catalog(Region.Role only) throws RecoveryException;

    /** The windows over one region, the other never asked. */
    RecoveryWindows windows(Region.Role only) throws RecoveryException;

    /** The database that is backed up; empty when none is set. The reader closes it. */
    Optional<ConnectionSpec> database() throws RecoveryException;

    /** BACKUP_QUOTA_BYTES. */
    OptionalLong quotaBytes() throws RecoveryException;

    /** BACKUP_PITR_DAYS. */
    int pitrDays() throws RecoveryException;
}
