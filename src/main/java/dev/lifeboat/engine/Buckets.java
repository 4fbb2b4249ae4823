package dev.lifeboat.engine;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.RegionSettings;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.RetryPolicy;
import dev.lifeboat.storage.RetryingStore;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The buckets of a profile: those of the backups and those of the WAL, each as a pair of regions.
 */
final class Buckets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);
    private final List<ObjectStore> opened = new ArrayList<>();
    private final Clock clock;
    private final CancelToken cancel;
    private final RegionPair backups;
    private final RegionPair wal;

    /**
     * Opens no connection yet.
     *
     * @throws RecoveryException SETTING_MISSING when the choice is a region that is not set up
     */
    Buckets(Settings settings, RegionChoice choice, Clock clock, CancelToken cancel)
            throws RecoveryException {
        this.clock = clock;
        this.cancel = cancel;
        RegionSettings primary = settings.primary();
        Optional<RegionSettings> secondary = settings.secondary();
        if (choice == RegionChoice.DR && secondary.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.SETTING_MISSING,
                    "The DR region was chosen, and none is set up.",
                    "BACKUP_SECONDARY_BUCKET is not set.",
                    "Set it, for example: export BACKUP_SECONDARY_BUCKET=mockupaws-backups-dr");
        }
        ObjectStore first = open(primary, primary.bucket());
        ObjectStore second = secondary.map(s -> open(s, s.bucket())).orElse(null);
        this.backups = new RegionPair(first, second, choice);
        boolean apart =
                !primary.walBucket().equals(primary.bucket())
                        || secondary.filter(s -> !s.walBucket().equals(s.bucket())).isPresent();
        this.wal =
                apart
                        ? new RegionPair(
                                open(primary, primary.walBucket()),
                                secondary.map(s -> open(s, s.walBucket())).orElse(null),
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

    private ObjectStore open(RegionSettings region, String bucket) {
        S3Settings s3 = S3Settings.of(bucket);
        s3 = region.region().map(s3::withRegion).orElse(s3);
        s3 = region.endpoint().map(s3::withEndpoint).orElse(s3).withPathStyle(region.pathStyle());
        if (region.awsProfile().isPresent()) {
            s3 = s3.withCredentials(new S3Settings.Credentials.Profile(region.awsProfile().get()));
        }
        ObjectStore store =
                new RetryingStore(
                        new S3ObjectStore(s3, clock),
                        RetryPolicy.brief(),
                        clock,
                        cancel::sleep,
                        RandomGenerator.getDefault(),
                        (failure, wait) -> LOG.info("again in {}: {}", wait, failure.problem()));
        opened.add(store);
        return store;
    }
}
