package dev.lifeboat.backup;

import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.storage.RegionPair;

/**
 * Where backups go. Regions and keys stay the caller's to close.
 *
 * @param backups the regions of the bucket of backups
 * @param wal the regions of the bucket of WAL; the same pair where that is not set apart
 * @param prefix the profile's, empty or ending with a slash
 * @param copyToDr whether Lifeboat, and not the buckets themselves, carries new objects to DR
 */
public record BackupTarget(
        RegionPair backups, RegionPair wal, KeyRing keys, String prefix, boolean copyToDr) {}
