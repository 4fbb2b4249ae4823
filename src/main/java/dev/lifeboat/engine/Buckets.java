package dev.lifeboat.engine;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.RegionSettings;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The buckets of a profile: those of the backups and those of the WAL, each as a pair of regions.
 */
final class Buckets implements AutoCloseable {
    private final List<ObjectStore> opened = new ArrayList<>();
    private final RegionPair backups;
    private final RegionPair wal;

    /**
     * Opens no connection yet.
     *
     * @throws RecoveryException SETTING_MISSING when the choice is a region that is not set up
     */
    Buckets(Settings settings, RegionChoice choice, Clock clock) throws RecoveryException {
        RegionSettings primary = settings.primary();
        Optional<RegionSettings> secondary = settings.secondary();
        if (choice == RegionChoice.DR && secondary.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.SETTING_MISSING,
                    "The DR region was chosen, and none is set up.",
                    "BACKUP_SECONDARY_BUCKET is not set.",
                    "Set it, for example: export BACKUP_SECONDARY_BUCKET=mockupaws-backups-dr");
        }
        ObjectStore first = open(primary, primary.bucket(), clock);
        ObjectStore second = secondary.map(s -> open(s, s.bucket(), clock)).orElse(null);
        this.backups = new RegionPair(first, second, choice);
        boolean apart =
                !primary.walBucket().equals(primary.bucket())
                        || secondary.filter(s -> !s.walBucket().equals(s.bucket())).isPresent();
        this.wal =
                apart
                        ? new RegionPair(
                                open(primary, primary.walBucket(), clock),
                                secondary.map(s -> open(s, s.walBucket(), clock)).orElse(null),
                                choice)
                        : backups;
    }

    RegionPair backups() {
        return backups;
    }

    RegionPair wal() {
        return wal;
    }

    @Override
    public void close() {
        opened.forEach(ObjectStore::close);
    }

    private ObjectStore open(RegionSettings region, String bucket, Clock clock) {
        S3Settings s3 = S3Settings.of(bucket);
        s3 = region.region().map(s3::withRegion).orElse(s3);
        s3 = region.endpoint().map(s3::withEndpoint).orElse(s3).withPathStyle(region.pathStyle());
        if (region.awsProfile().isPresent()) {
            s3 = s3.withCredentials(new S3Settings.Credentials.Profile(region.awsProfile().get()));
        }
        ObjectStore store = new S3ObjectStore(s3, clock);
        opened.add(store);
        return store;
    }
}
