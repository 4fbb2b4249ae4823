package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedWal;

/**
 * Says of one copy of a WAL file whether it is good: reads it whole and checks it against all that
 * travels with it and against its name. Safe for many threads.
 */
public final class WalProof {
    private final WalCopyReader reader;
    private final String prefix;

    /**
     * @param keys stay the caller's
     * @param prefix the profile's
     */
    public WalProof(KeyRing keys, String prefix) {
        this.reader = new WalCopyReader(keys);
        this.prefix = prefix;
    }

    /**
     * A copy that is good.
     *
     * @param content size and digest of what it holds, unpacked
     * @param authenticated whether its HMAC says so, and not its form alone
     */
    public record Good(ContentDigest content, boolean authenticated) {}

    /** Whether the key is one of a WAL file. */
    public boolean concerns(String key) {
        return ArchivedWal.parseKey(prefix, key).isPresent();
    }

    /**
     * Reads the copy.
     *
     * @param object as a listing showed it; another one under the same key is refused
     * @throws RecoveryException when it cannot be read, is damaged, or is not what its name says
     */
    public Good prove(Region region, ObjectInfo object) throws RecoveryException {
        ArchivedWal wal = ArchivedWal.parseKey(prefix, object.key()).orElseThrow();
        WalCopyReader.Content content =
                reader.read(new WalCopy(region, wal, object), WalExpectation.none());
        return new Good(content.digest, content.authenticated);
    }
}
