package dev.lifeboat.rotation;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.DigestingInput;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.PlainCheck;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.MultipartOutput;
import dev.lifeboat.storage.ObjectCopy;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Encrypts one backup anew under the ring's current key. For one thread. */
final class BackupRekey {
    private static final int PART_BYTES = 16 << 20;
    private static final int PARALLEL_PARTS = 3;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String FROM_SHA256 = "rekeyed-from-sha256";

    private final Catalog catalog;
    private final RegionPair regions;
    private final KeyRing keys;
    private final Lease lease;
    private final CancelToken cancel;
    private final Progress progress;

    BackupRekey(
            Catalog catalog,
            RegionPair regions,
            KeyRing keys,
            Lease lease,
            CancelToken cancel,
            Progress progress) {
        this.catalog = catalog;
        this.regions = regions;
        this.keys = keys;
        this.lease = lease;
        this.cancel = cancel;
        this.progress = progress;
    }

    /**
     * Leaves the backup under the current key in every region, and nothing of it under another one.
     * Interrupted, it goes on when it is called again.
     *
     * @throws RecoveryException what kept it from that; the backup is whole all the same
     */
    void rekey(CatalogEntry entry) throws RecoveryException {
        Manifest manifest = catalog.manifest(entry);
        Manifest wanted = isCurrent(manifest) ? manifest : encrypted(manifest);
        byte[] document =
                isCurrent(manifest) ? stored(entry) : ManifestJson.write(wanted, current());
        for (Region region : regions.regions()) {
            complete(region, wanted);
            lease.keep();
            region.store().put(entry.key(), ByteSource.of(document), PutOptions.plain());
        }
        for (Region region : regions.regions()) {
            removeOthers(region, entry, wanted);
        }
    }

    /** Whether something of the backup is left to do. */
    boolean isOpen(CatalogEntry entry) throws RecoveryException {
        Manifest manifest = catalog.manifest(entry);
        if (!isCurrent(manifest)) {
            return true;
        }
        byte[] document = stored(entry);
        for (Region region : regions.regions()) {
            if (!Arrays.equals(document, bytes(region.store(), entry.key()))
                    || !others(region, entry, manifest).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isCurrent(Manifest manifest) {
        return manifest.encryption().keyFingerprint().equals(current().fingerprint().hex());
    }

    private EncryptionKey current() {
        return keys.current();
    }

    /** The bytes of the good manifest, from the region the catalog took it from. */
    private byte[] stored(CatalogEntry entry) throws RecoveryException {
        return regions.read(
                entry.key(),
                (region, body) -> {
                    byte[] document = body.readAllBytes();
                    Manifest read =
                            ManifestJson.read(document, region.name() + " " + entry.key())
                                    .verify(keys);
                    if (!isCurrent(read)) {
                        throw other(entry);
                    }
                    return document;
                });
    }

    private static RecoveryException other(CatalogEntry entry) {
        return new RecoveryException(
                ProblemCode.MANIFEST_UNTRUSTED,
                "The manifest of " + entry.id() + " is of another key.",
                "The other region holds the one that was encrypted anew.",
                "Run `lifeboat key rotate --apply` again: it goes on.");
    }

    private static byte[] bytes(ObjectStore store, String key) throws RecoveryException {
        if (store.head(key).isEmpty()) {
            return new byte[0];
        }
        try (var body = store.get(key, ByteRange.whole(), null)) {
            return body.readAllBytes();
        } catch (IOException broken) {
            throw StreamFailure.of(broken, store.name() + "/" + key);
        }
    }

    /** Writes the new objects into the preferred region; gives the manifest that names them. */
    private Manifest encrypted(Manifest manifest) throws RecoveryException {
        EncryptionKey old =
                keys.require(
                        new KeyFingerprint(manifest.encryption().keyFingerprint()),
                        "Backup " + manifest.id());
        Map<String, String> renamed = new LinkedHashMap<>();
        List<StoredObject> objects = new ArrayList<>();
        for (StoredObject object : manifest.objects()) {
            lease.keep();
            String name =
                    RekeyedNames.under(object.key(), current().fingerprint())
                            .orElseThrow(() -> unknownName(object.key()));
            ContentDigest digest = encrypted(object, name, old);
            renamed.put(fileName(object.key()), fileName(name));
            objects.add(
                    new StoredObject(
                            name,
                            object.role(),
                            object.plainBytes(),
                            object.plainSha256(),
                            digest.sizeBytes(),
                            digest.sha256(),
                            object.stream(),
                            object.number(),
                            object.continues()));
            progress.add(object.storedBytes());
        }
        return manifest.rekeyed(
                new Manifest.Encryption(
                        manifest.encryption().cipher(),
                        manifest.encryption().derivation(),
                        manifest.encryption().iterations(),
                        current().fingerprint().hex()),
                objects,
                manifest.restoreByHand().stream().map(line -> renamed(line, renamed)).toList());
    }

    private static RecoveryException unknownName(String key) {
        return new RecoveryException(
                ProblemCode.MANIFEST_DAMAGED,
                "The object " + key + " cannot be encrypted anew.",
                "Its name has no extension that Lifeboat gives.",
                "Keep its key among the profile's decryption_keys.");
    }

    private static String renamed(String command, Map<String, String> names) {
        String text = command;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }

    private static String fileName(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Digests the new object where an earlier run left it, or makes it. */
    private ContentDigest encrypted(StoredObject object, String name, EncryptionKey old)
            throws RecoveryException {
        Region to = regions.regions().getFirst();
        Optional<ObjectInfo> there = to.store().head(name);
        if (there.filter(found -> isMadeFrom(found, object)).isPresent()) {
            return digest(to.store(), name);
        }
        return regions.read(
                object.key(),
                (region, body) -> {
                    PutOptions options =
                            PutOptions.plain()
                                    .withMetadata(Map.of(FROM_SHA256, object.storedSha256()))
                                    .withStorageClass(body.info().storageClass());
                    StoredForm form =
                            StoredForm.encrypted(
                                            region.store().name() + "/" + object.key(),
                                            DecryptionKeys.certain(old),
                                            Compression.NONE)
                                    .checkedBy(PlainCheck.none())
                                    .expecting(
                                            ExpectedContent.of(
                                                    new ContentDigest(
                                                            object.storedBytes(),
                                                            object.storedSha256())),
                                            ExpectedContent.unknown());
                    return pass(form, body, to.store(), name, options);
                });
    }

    private static boolean isMadeFrom(ObjectInfo found, StoredObject object) {
        return object.storedSha256().equals(found.metadata().get(FROM_SHA256))
                && found.sizeBytes() == object.storedBytes();
    }

    /** What arrives is whole, and made of bytes whose digest held, or nothing arrives. */
    private ContentDigest pass(
            StoredForm form, InputStream body, ObjectStore to, String name, PutOptions options)
            throws RecoveryException, IOException {
        try (var plain = ObjectDecoder.open(form, body, cancel, Progress.unwatched());
                var parts = new MultipartOutput(to, name, options, PART_BYTES, PARALLEL_PARTS);
                var out =
                        new EncodingOutput(
                                parts,
                                Encoding.encrypted(Compression.NONE, current()),
                                cancel,
                                Progress.unwatched())) {
            plain.transferTo(out);
            ContentDigest digest = out.finish().stored();
            parts.complete();
            return digest;
        }
    }

    private ContentDigest digest(ObjectStore store, String key) throws RecoveryException {
        try (var body = new DigestingInput(store.get(key, ByteRange.whole(), null))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (body.read(buffer) >= 0) {
                cancel.check();
            }
            return body.finish();
        } catch (IOException broken) {
            throw StreamFailure.of(broken, store.name() + "/" + key);
        }
    }

    /** Brings every object of the manifest into the region, from the one that has it. */
    private void complete(Region region, Manifest manifest) throws RecoveryException {
        for (StoredObject object : manifest.objects()) {
            if (isThere(region.store(), object)) {
                continue;
            }
            for (Region other : regions.regions()) {
                if (other.role() != region.role() && isThere(other.store(), object)) {
                    lease.keep();
                    ObjectCopy.copy(
                            other.store(), object.key(), region.store(), object.key(), false);
                }
            }
            if (!isThere(region.store(), object)) {
                throw new RecoveryException(
                        ProblemCode.BACKUP_INCOMPLETE,
                        "The object " + object.key() + " is not whole in " + region.name() + ".",
                        "Its digest is not the one in the manifest, and the other region cannot"
                                + " help.",
                        "Run `lifeboat replicate --check` to see what there is.");
            }
        }
    }

    private boolean isThere(ObjectStore store, StoredObject object) throws RecoveryException {
        Optional<ObjectInfo> there = store.head(object.key());
        return there.filter(found -> found.sizeBytes() == object.storedBytes()).isPresent()
                && digest(store, object.key()).sha256().equals(object.storedSha256());
    }

    private void removeOthers(Region region, CatalogEntry entry, Manifest manifest)
            throws RecoveryException {
        for (String key : others(region, entry, manifest)) {
            lease.keep();
            region.store().delete(key);
        }
    }

    /** The same objects under other keys: those the manifest named before, or given up attempts. */
    private List<String> others(Region region, CatalogEntry entry, Manifest manifest)
            throws RecoveryException {
        Set<String> named = new HashSet<>();
        Set<String> plain = new HashSet<>();
        for (StoredObject object : manifest.objects()) {
            named.add(object.key());
            plain.add(RekeyedNames.withoutMark(object.key()));
        }
        return catalog.objects(entry, region, cancel).stream()
                .map(ObjectInfo::key)
                .filter(key -> !named.contains(key))
                .filter(key -> plain.contains(RekeyedNames.withoutMark(key)))
                .toList();
    }
}
