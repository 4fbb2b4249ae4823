package dev.lifeboat.engine;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.ResolvedSecret;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What one command works with. Everything is made when it is first asked for, so that a command
 * meets only the trouble of what it needs. For one thread; what it hands out says for itself what
 * threads it bears.
 */
public final class Engine implements AutoCloseable {
    private final Settings settings;
    private final RegionChoice choice;
    private final SecretSource secrets;
    private final Clock clock;
    private final Host host = new LocalHost();
    private Buckets buckets;
    private KeyRing keys;

    /**
     * @param choice which regions are part of the work; the others are never contacted
     */
    public Engine(Settings settings, RegionChoice choice, SecretSource secrets, Clock clock) {
        this.settings = settings;
        this.choice = choice;
        this.secrets = secrets;
        this.clock = clock;
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
            buckets = new Buckets(settings, choice, clock);
        }
        return buckets;
    }
}
