package dev.lifeboat.monitor;

import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ReplicationInfo;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.storage.ParallelListing;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineId;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Observes and judges. Reads only; what cannot be found out becomes a finding. For one thread at a
 * time.
 */
public final class HealthReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LISTINGS_AT_ONCE = 8;

    private final HealthSources sources;
    private final SeenFailures seen;
    private final CancelToken cancel;

    /** Reads once. */
    public HealthReader(HealthSources sources, CancelToken cancel) {
        this(sources, new SeenFailures(), cancel);
    }

    /**
     * @param seen what earlier readers of the same monitor saw
     */
    public HealthReader(HealthSources sources, SeenFailures seen, CancelToken cancel) {
        this.sources = sources;
        this.seen = seen;
        this.cancel = cancel;
    }

    /**
     * How it is now.
     *
     * @throws RecoveryException when the settings themselves cannot be used
     * @throws CancelledException when the asking was stopped
     */
    public Health read() throws RecoveryException {
        return HealthEvaluation.of(observe(), Goals.ofRunbook(sources.pitrDays()));
    }

    /** The database is asked first: the archive can only have more than it says. */
    private Observed observe() throws RecoveryException {
        Optional<Known<DatabaseFacts>> database = database();
        Known<CatalogListing> catalog = Known.ask(() -> sources.catalog().load(cancel));
        Known<RecoveryTimeline> timeline =
                catalog.value().isEmpty()
                        ? Known.not(catalog.problem().orElseThrow())
                        : Known.ask(() -> sources.windows().read(catalog.value().get(), cancel));
        Map<Region.Role, Known<RecoveryTimeline>> regions = regions(timeline);
        var records = new Records(sources.backups(), sources.keyNames(), cancel);
        return new Observed(
                sources.clock().instant(),
                catalog,
                timeline,
                regions,
                Known.ask(() -> seen.with(records.failures())),
                Known.ask(records::drills),
                room(),
                database);
    }

    /** One region alone is what both together are. */
    private Map<Region.Role, Known<RecoveryTimeline>> regions(Known<RecoveryTimeline> together)
            throws RecoveryException {
        Map<Region.Role, Known<RecoveryTimeline>> answers = new EnumMap<>(Region.Role.class);
        List<Region> regions = sources.backups().regions();
        if (regions.size() == 1) {
            answers.put(regions.getFirst().role(), together);
            return answers;
        }
        for (Region region : regions) {
            answers.put(region.role(), Known.ask(() -> alone(region.role())));
        }
        return answers;
    }

    private RecoveryTimeline alone(Region.Role role) throws RecoveryException {
        return sources.windows(role).read(sources.catalog(role).load(cancel), cancel);
    }

    private Optional<Known<BucketRoom>> room() throws RecoveryException {
        OptionalLong quota = sources.quotaBytes();
        return quota.isEmpty()
                ? Optional.empty()
                : Optional.of(Known.ask(() -> used(quota.getAsLong())));
    }

    /** A quota is of a bucket, whatever else lies in it. */
    private BucketRoom used(long quota) throws RecoveryException {
        Region primary = sources.backups().regions().getFirst();
        var bytes = new LongAdder();
        new ParallelListing(primary.store(), LISTINGS_AT_ONCE)
                .list(
                        "",
                        object -> {
                            bytes.add(object.sizeBytes());
                            return true;
                        },
                        cancel);
        return new BucketRoom(primary.store().name(), quota, bytes.sum());
    }

    private Optional<Known<DatabaseFacts>> database() throws RecoveryException {
        Optional<ConnectionSpec> database = sources.database();
        if (database.isEmpty()) {
            return Optional.empty();
        }
        try (ConnectionSpec spec = database.get()) {
            return Optional.of(Known.ask(() -> facts(spec)));
        }
    }

    private DatabaseFacts facts(ConnectionSpec spec) throws RecoveryException {
        Instant askedAt = sources.clock().instant();
        try (Database session = Database.connect(spec, cancel)) {
            session.statementTimeout(PATIENCE);
            ReplicationInfo replication = ReplicationInfo.read(session);
            ServerInfo server = ServerInfo.read(session);
            return new DatabaseFacts(
                    askedAt,
                    server.systemIdentifier(),
                    replication.timeline().map(hex -> new TimelineId(Long.parseLong(hex, 16))),
                    replication.inRecovery(),
                    ArchiverInfo.read(session),
                    replication.writtenTo(),
                    server.walSegmentBytes(),
                    replication.replayLag(),
                    replication.standbyLagBytes());
        }
    }
}
