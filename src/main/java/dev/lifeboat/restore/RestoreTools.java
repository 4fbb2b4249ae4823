package dev.lifeboat.restore;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.archive.WalArchive;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a physical restore works with.
 *
 * @param backups the regions of the plan; those left out are never contacted
 * @param keyNames where the restore's record goes
 * @param serverUser the unprivileged user the server runs as
 * @param heapBytes the memory this program may use
 * @param queries what the restored database is asked besides
 * @param leases empty where nobody else can mean the same directory
 */
public record RestoreTools(
        RegionPair backups,
        BackupKeys keyNames,
        WalArchive wal,
        KeyRing keys,
        Host host,
        OsUser serverUser,
        PgPrograms programs,
        Clock clock,
        long heapBytes,
        List<OwnQuery> queries,
        Optional<TargetLeases> leases)
        implements JobTools {
    @Override
    public Optional<RecordKeeper> recordKeeper() {
        return Optional.of(new RecordKeeper(backups, keyNames));
    }
}
