package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.NamesJson;

import java.util.Optional;

/** The names of relations that lie beside a base. */
public final class BaseNames {
    /** The role of their object in the manifest. */
    public static final String ROLE = "names";

    private BaseNames() {}

    /**
     * Reads them from whichever region has a good copy; empty when the base was taken without.
     *
     * @throws RecoveryException when no region gives a good copy, or the key is not known
     */
    public static Optional<CatalogNames> read(Manifest base, RegionPair regions, KeyRing keys)
            throws RecoveryException {
        for (Manifest.StoredObject object : base.objects()) {
            if (object.role().equals(ROLE)) {
                return Optional.of(
                        NamesJson.read(plain(base, object, regions, keys), object.key()));
            }
        }
        return Optional.empty();
    }

    private static byte[] plain(
            Manifest base, Manifest.StoredObject object, RegionPair regions, KeyRing keys)
            throws RecoveryException {
        var fingerprint = new KeyFingerprint(base.encryption().keyFingerprint());
        var key = DecryptionKeys.certain(keys.require(fingerprint, "Backup " + base.id()));
        StoredForm form =
                StoredForm.encrypted("Object " + object.key(), key, Compression.ZSTD)
                        .expecting(
                                new EncodedDigests(
                                        new ContentDigest(
                                                object.plainBytes(), object.plainSha256()),
                                        new ContentDigest(
                                                object.storedBytes(), object.storedSha256())));
        return regions.read(
                object.key(),
                (_, bytes) -> {
                    byte[] stored = bytes.readAllBytes();
                    return ObjectDecoder.decode(form, stored, stored.length);
                });
    }
}
