package dev.lifeboat.engine;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.NativeFormat;
import dev.lifeboat.catalog.find.TransactionFinder;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.HealthReader;
import dev.lifeboat.monitor.SeenFailures;
import dev.lifeboat.monitor.alert.Channels;
import dev.lifeboat.monitor.alert.Notifier;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.secrets.ResolvedSecret;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.NamesReader;
import dev.lifeboat.wal.index.IndexedWal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one command works with. Everything is made when it is first asked for, so that a command
 * meets only the trouble of what it needs. For one thread; what it hands out says for itself what
 * threads it bears.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Settings settings;
    private final RegionChoice choice;
    private final SecretSource secrets;
    private final Map<String, String> environment;
    private final Clock clock;
    private final CancelToken cancel;
    private final Host host = new LocalHost();
    private Buckets buckets;
    private KeyRing keys;
    private PgPrograms programs;

    /**
     * @param choice which regions are part of the work; the others are never contacted
     * @param environment this program\'s variables
     */
    public Engine(
            Settings settings,
            RegionChoice choice,
            SecretSource secrets,
            Map<String, String> environment,
            Clock clock,
            CancelToken cancel) {
        this.settings = settings;
        this.choice = choice;
        this.secrets = secrets;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.cancel = cancel;
    }

    public Settings settings() {
        return settings;
    }

    public RegionChoice choice() {
        return choice;
    }

    public Clock clock() {
        return clock;
    }

    /** The machine the work is done on. */
    public Host host() {
        return host;
    }

    /** The buckets of the backups. */
    public RegionPair backups() throws RecoveryException {
        return buckets().backups();
    }

    /** The buckets of the WAL; the same as {@link #backups()} unless set apart. */
    public RegionPair wal() throws RecoveryException {
        return buckets().wal();
    }

    /** Where things lie in the buckets. */
    public BackupKeys keyNames() throws RecoveryException {
        return new BackupKeys(settings.prefix());
    }

    /**
     * The key for new backups and those for old ones; wiped when the engine is closed.
     *
     * @throws RecoveryException KEY_MISSING and whatever the source of a key answers
     */
    public KeyRing keys() throws RecoveryException {
        if (keys == null) {
            List<EncryptionKey> ring = new ArrayList<>();
            try (Secret current = settings.encryptionKey(secrets).secret()) {
                ring.add(EncryptionKey.of(current));
            }
            for (ResolvedSecret old : settings.decryptionKeys(secrets)) {
                try (Secret earlier = old.secret()) {
                    ring.add(EncryptionKey.of(earlier));
                }
            }
            keys = new KeyRing(ring);
        }
        return keys;
    }

    /**
     * The catalog. Without a known key it shows manifests unauthenticated and gives none out.
     *
     * @throws RecoveryException when no bucket is set up
     */
    public Catalog catalog() throws RecoveryException {
        return catalog(backups());
    }

    private Catalog catalog(RegionPair regions) throws RecoveryException {
        BackupKeys names = keyNames();
        Path cache = settings.directories().cache().resolve("manifests");
        return new Catalog(regions, names, new NativeFormat(regions, names, keysIfKnown(), cache));
    }

    /** The catalog over one region, the other never asked. */
    public Catalog catalog(Region.Role only) throws RecoveryException {
        return catalog(backups().only(only));
    }

    /** The key for new backups and where it is kept; the caller closes it. */
    public ResolvedSecret keySource() throws RecoveryException {
        return settings.encryptionKey(secrets);
    }

    /** The WAL archive, for reading. */
    public WalArchive archive() throws RecoveryException {
        return archive(wal());
    }

    private WalArchive archive(RegionPair regions) throws RecoveryException {
        return new RegionWalArchive(regions, keys(), settings.prefix(), WalTrust.AS_THE_ARCHIVE);
    }

    /** Who runs servers on this machine. */
    public OsUser serverUser() throws RecoveryException {
        return ServerUser.choose(host, environment);
    }

    /**
     * The database at a libpq URI; what it leaves open, the password above all, comes from where
     * libpq looks for it.
     */
    public ConnectionSpec databaseAt(String uri) throws RecoveryException {
        return ConnectionSpec.parse(uri, environment, host.currentUser());
    }

    /** PostgreSQL's programs on this machine. */
    public PgPrograms programs() throws RecoveryException {
        if (programs == null) {
            programs = PgPrograms.find(host, environment);
        }
        return programs;
    }

    /** To when one can go back. */
    public RecoveryWindows windows() throws RecoveryException {
        return windows(wal());
    }

    RecoveryWindows windows(RegionPair regions) throws RecoveryException {
        return new RecoveryWindows(
                archive(regions), regions, settings.prefix(), clock, indexPlaces(regions));
    }

    /** Where the index of the WAL is kept. */
    public IndexedWal.Places indexPlaces() throws RecoveryException {
        return indexPlaces(wal());
    }

    private IndexedWal.Places indexPlaces(RegionPair regions) throws RecoveryException {
        return new IndexedWal.Places(
                Optional.of(settings.directories().cache()),
                Optional.of(indexObjects(regions)),
                regions.regions().getFirst().store().name() + "/" + settings.prefix());
    }

    private IndexObjects indexObjects(RegionPair regions) throws RecoveryException {
        return new IndexObjects(regions, keys(), settings.prefix());
    }

    /** Whether the backups are well. */
    public HealthReader health() {
        return health(new SeenFailures());
    }

    /** The same for a monitor that looks again and again. */
    public HealthReader health(SeenFailures seen) {
        return new HealthReader(new EngineHealth(this), seen, cancel);
    }

    /** Whom a monitor tells, as the settings have it; the caller closes it. */
    public Notifier notifier() throws RecoveryException {
        Path told = settings.directories().home().resolve("monitor/told.json");
        return new Notifier(Channels.of(settings, secrets, cancel::sleep), told);
    }

    /** Finds in the WAL what hurt; asks the live database for names that nothing else knows. */
    public TransactionFinder finder() throws RecoveryException {
        return new TransactionFinder(
                catalog(), backups(), keys(), archive(), indexPlaces(), this::liveNames);
    }

    private CatalogNames liveNames() throws RecoveryException {
        try (ConnectionSpec database = settings.database(host.currentUser())) {
            return NamesReader.read(database, cancel);
        }
    }

    private Optional<KeyRing> keysIfKnown() throws RecoveryException {
        try {
            return Optional.of(keys());
        } catch (RecoveryException unknown) {
            if (unknown.code() != ProblemCode.KEY_MISSING) {
                throw unknown;
            }
            LOG.warn("Manifests are not authenticated: {}", unknown.problem());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
        if (buckets != null) {
            buckets.close();
        }
    }

    private Buckets buckets() throws RecoveryException {
        if (buckets == null) {
            buckets = new Buckets(settings, choice, clock, cancel);
        }
        return buckets;
    }
}
