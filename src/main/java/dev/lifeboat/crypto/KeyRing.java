package dev.lifeboat.crypto;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys known now: the first writes, all read. A process keeps one ring, so that the slow
 * derivation of each key is done once.
 *
 * <p>Owns its keys: closing the ring closes them. Safe for use by many threads.
 */
public final class KeyRing implements AutoCloseable {
    private final List<EncryptionKey> keys;

    /**
     * @param keys the current key first, then the older ones
     */
    public KeyRing(List<EncryptionKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a key ring holds at least one key");
        }
        this.keys = List.copyOf(keys);
    }

    /** The key that new backups are written under. */
    public EncryptionKey current() {
        return keys.getFirst();
    }

    /** All keys, the current one first. */
    public List<EncryptionKey> keys() {
        return keys;
    }

    public Optional<EncryptionKey> find(KeyFingerprint fingerprint) {
        return keys.stream().filter(key -> key.fingerprint().equals(fingerprint)).findFirst();
    }

    /**
     * The key of that fingerprint.
     *
     * @param name what was encrypted under it, to begin a sentence with: {@code "Backup x"}
     * @throws RecoveryException {@code KEY_WRONG} when the ring does not hold it
     */
    public EncryptionKey require(KeyFingerprint fingerprint, String name) throws RecoveryException {
        return find(fingerprint)
                .orElseThrow(
                        () ->
                                new RecoveryException(
                                        ProblemCode.KEY_WRONG,
                                        name + " was encrypted under another key.",
                                        "Its key has the fingerprint "
                                                + fingerprint
                                                + "; known here: "
                                                + fingerprints()
                                                + ".",
                                        "Set BACKUP_ENCRYPTION_KEY to the key with that"
                                                + " fingerprint; `lifeboat key fingerprint` shows"
                                                + " which one is set."));
    }

    private String fingerprints() {
        return keys.stream().map(key -> key.fingerprint().hex()).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        keys.forEach(EncryptionKey::close);
    }
}
