package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectCopy;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.ArchivedWal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Encrypts archived WAL files anew under a ring's current key. Safe for many threads; holds one
 * file for each.
 */
public final class WalRekey {
    private final KeyRing keys;
    private final WalCopyReader reader;
    private final String prefix;

    /**
     * @param keys stay the caller's
     * @param prefix the profile's
     */
    public WalRekey(KeyRing keys, String prefix) {
        this.keys = keys;
        this.reader = new WalCopyReader(keys);
        this.prefix = prefix;
    }

    /**
     * The key that an authenticated file names; empty for a file without an HMAC, which names none.
     *
     * @param object with its metadata
     */
    public static Optional<KeyFingerprint> keyOf(ObjectInfo object) {
        Map<String, String> metadata = object.metadata();
        try {
            return WalObjectMetadata.claimed(metadata)
                    ? Optional.of(
                            new KeyFingerprint(metadata.getOrDefault(WalObjectMetadata.KEY, "")))
                    : Optional.empty();
        } catch (IllegalArgumentException noFingerprint) {
            return Optional.empty();
        }
    }

    /**
     * Reads the file, checks all that is known of it, and puts the same content under the current
     * key in its place, in one step.
     *
     * @param object an authenticated file of the form that is pushed, as it is now
     * @param twin the other region, whose copy is taken when it is under the current key already
     *     and holds the same: both regions then hold one object
     * @throws RecoveryException when the old one is not good: it stays as it is
     */
    public ObjectInfo rekey(Region region, ObjectInfo object, Optional<Region> twin)
            throws RecoveryException {
        ArchivedWal wal = ArchivedWal.parseKey(prefix, object.key()).orElseThrow();
        if (wal.form() != ArchivedForm.ZSTD_ENCRYPTED) {
            throw new IllegalArgumentException(object.key() + " is not what is pushed");
        }
        WalCopyReader.Content content =
                reader.read(new WalCopy(region, wal, object), WalExpectation.none());
        if (twin.isPresent() && isSame(twin.get(), wal, object.key(), content.digest)) {
            return ObjectCopy.copy(
                    twin.get().store(), object.key(), region.store(), object.key(), false);
        }
        String cluster = object.metadata().get(WalObjectMetadata.SYSTEM);
        var encoded = new ByteArrayOutputStream(content.bytes.length / 2);
        WalObjectMetadata metadata =
                WalObjectMetadata.sign(
                        keys.current(), wal.file(), cluster, encode(content.bytes, encoded));
        return region.store()
                .put(
                        object.key(),
                        ByteSource.of(encoded.toByteArray()),
                        PutOptions.plain()
                                .withMetadata(metadata.toMap())
                                .withStorageClass(object.storageClass()));
    }

    private boolean isSame(Region twin, ArchivedWal wal, String key, ContentDigest content)
            throws RecoveryException {
        Optional<ObjectInfo> there =
                twin.store()
                        .head(key)
                        .filter(
                                found ->
                                        keyOf(found)
                                                .filter(keys.current().fingerprint()::equals)
                                                .isPresent());
        return there.isPresent()
                && reader.read(new WalCopy(twin, wal, there.get()), WalExpectation.none())
                        .digest
                        .equals(content);
    }

    private EncodedDigests encode(byte[] content, ByteArrayOutputStream target)
            throws RecoveryException {
        var encoding = Encoding.encrypted(Compression.ZSTD, keys.current());
        try (var out =
                new EncodingOutput(
                        target,
                        encoding,
                        content.length,
                        CancelToken.never(),
                        Progress.unwatched())) {
            out.write(content);
            return out.finish();
        } catch (IOException failed) {
            try {
                throw StreamException.unwrap(failed);
            } catch (IOException impossible) {
                throw new IllegalStateException("memory does not fail", impossible);
            }
        }
    }
}
