package dev.lifeboat.engine;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.HealthSources;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Health is read with what an engine has. */
final class EngineHealth implements HealthSources {
    private final Engine engine;

    EngineHealth(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Clock clock() {
        return engine.clock();
    }

    @Override
    public RegionPair backups() throws RecoveryException {
        return engine.backups();
    }

    @Override
    public BackupKeys keyNames() throws RecoveryException {
        return engine.keyNames();
    }

    @Override
    public Catalog catalog() throws RecoveryException {
        return engine.catalog();
    }

    @Override
    public RecoveryWindows windows() throws RecoveryException {
        return engine.windows();
    }

    @Override
    public Catalog catalog(Region.Role only) throws RecoveryException {
        return engine.catalog(only);
    }

    @Override
    public RecoveryWindows windows(Region.Role only) throws RecoveryException {
        return engine.windows(engine.wal().only(only));
    }

    @Override
    public Optional<ConnectionSpec> database() throws RecoveryException {
        try {
            return Optional.of(engine.settings().database(engine.host().currentUser()));
        } catch (RecoveryException unset) {
            if (unset.code() != ProblemCode.SETTING_MISSING) {
                throw unset;
            }
            return Optional.empty();
        }
    }

    @Override
    public OptionalLong quotaBytes() throws RecoveryException {
        return engine.settings().quotaBytes();
    }

    @Override
    public int pitrDays() throws RecoveryException {
        return engine.settings().pitrDays();
    }
}
