package dev.lifeboat.restore;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.settings.OwnQuery;
import dev.lifeboat.storage.RegionPair;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a logical restore works with.
 *
 * @param backups the regions of the plan; empty when a local file is restored and no bucket is set
 *     up
 * @param keyNames where the restore's record goes
 * @param keys empty when none is set up
 * @param database the way to the database that is meant, with its password
 * @param queries what the restored database must answer besides
 * @param recorded whether the bucket is to hold a record of the restore
 * @param leases empty where nobody else can mean the same database
 */
public record LogicalTools(
        Optional<RegionPair> backups,
        BackupKeys keyNames,
        Optional<KeyRing> keys,
        Host host,
        PgPrograms programs,
        Clock clock,
        ConnectionSpec database,
        List<OwnQuery> queries,
        boolean recorded,
        Optional<TargetLeases> leases)
        implements JobTools {
    @Override
    public Optional<RecordKeeper> recordKeeper() {
        return recorded
                ? backups.map(regions -> new RecordKeeper(regions, keyNames))
                : Optional.empty();
    }
}
