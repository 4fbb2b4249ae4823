package dev.lifeboat.catalog.configuration;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.PlainCheck;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.RegionPair;

/** Reads configuration backups. Safe for many threads. */
public final class ConfigReading {
    private final Catalog catalog;
    private final RegionPair regions;
    private final KeyRing keys;

    public ConfigReading(Catalog catalog, RegionPair regions, KeyRing keys) {
        this.catalog = catalog;
        this.regions = regions;
        this.keys = keys;
    }

    /**
     * The files of a configuration backup, every byte checked against its manifest.
     *
     * @throws RecoveryException as {@link Catalog#manifest}, or what is wrong with the object in
     *     every region
     */
    public ConfigFiles read(CatalogEntry entry) throws RecoveryException {
        Manifest manifest = catalog.manifest(entry);
        Manifest.StoredObject object = manifest.objects().getFirst();
        var fingerprint = new KeyFingerprint(manifest.encryption().keyFingerprint());
        var digests =
                new EncodedDigests(
                        new ContentDigest(object.plainBytes(), object.plainSha256()),
                        new ContentDigest(object.storedBytes(), object.storedSha256()));
        return regions.read(
                object.key(),
                (region, body) -> {
                    StoredForm form =
                            StoredForm.encrypted(
                                            region.store().name() + "/" + object.key(),
                                            DecryptionKeys.certain(
                                                    keys.require(
                                                            fingerprint,
                                                            "Backup " + manifest.id())),
                                            Compression.ZSTD)
                                    .checkedBy(PlainCheck.none())
                                    .expecting(digests);
                    byte[] stored = body.readAllBytes();
                    return ConfigFiles.ofTar(ObjectDecoder.decode(form, stored, stored.length));
                });
    }
}
