package dev.lifeboat.replication;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DigestingInput;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.archive.WalProof;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each object must be, and whether a copy is that. Safe for many threads. */
final class Proofs {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Catalog catalog;
    private final KeyRing keys;
    private final WalProof wal;
    private final Map<String, CatalogEntry> byStem = new HashMap<>();
    private final Map<String, Map<String, ContentDigest>> digests = new ConcurrentHashMap<>();

    Proofs(Catalog catalog, CatalogListing listing, KeyRing keys, String prefix) {
        this.catalog = catalog;
        this.keys = keys;
        this.wal = new WalProof(keys, prefix);
        listing.entries().forEach(entry -> byStem.put(catalog.stem(entry), entry));
    }

    /**
     * A copy that was proven.
     *
     * @param identity equal for copies that hold the same
     * @param certain whether an authenticated record says so, and not the copy alone
     */
    record Proven(String identity, boolean certain) {}

    /** The backup that a key belongs to. */
    Optional<CatalogEntry> entry(String key) {
        return catalog.stemOf(key).map(byStem::get);
    }

    /** Whether anything says what this object must be. */
    boolean canJudge(String key, boolean ofWal) throws RecoveryException {
        return ofWal ? wal.concerns(key) : isManifest(key) || expected(key).isPresent();
    }

    boolean isManifest(String key) {
        return entry(key)
                .filter(entry -> entry.key().equals(key))
                .filter(entry -> entry.status() != BackupStatus.NO_MANIFEST)
                .isPresent();
    }

    /** What a manifest that was authenticated says of the object. */
    Optional<ContentDigest> expected(String key) throws RecoveryException {
        Optional<CatalogEntry> entry = entry(key).filter(CatalogEntry::authenticated);
        if (entry.isEmpty() || entry.get().status() != BackupStatus.FINISHED) {
            return Optional.empty();
        }
        Map<String, ContentDigest> known = digests.get(entry.get().key());
        if (known == null) {
            known = new HashMap<>();
            for (Manifest.StoredObject object : catalog.manifest(entry.get()).objects()) {
                known.put(
                        object.key(),
                        new ContentDigest(object.storedBytes(), object.storedSha256()));
            }
            digests.put(entry.get().key(), known);
        }
        return Optional.ofNullable(known.get(key));
    }

    /**
     * Reads a copy and says what it holds.
     *
     * @throws RecoveryException when it is not what it must be, or cannot be read
     */
    Proven prove(Region region, ObjectInfo object, boolean ofWal, CancelToken cancel)
            throws RecoveryException {
        if (ofWal) {
            WalProof.Good good = wal.prove(region, object);
            return new Proven(good.content().sha256(), good.authenticated());
        }
        if (isManifest(object.key())) {
            return manifest(region, object);
        }
        ContentDigest expected = expected(object.key()).orElseThrow();
        String name = region.store().name() + "/" + object.key();
        ExpectedContent.of(expected).checkSize(name, object.sizeBytes());
        ContentDigest found = digest(region, object, OutputStream.nullOutputStream(), cancel);
        ExpectedContent.of(expected).check(name, found);
        return new Proven(found.sha256(), true);
    }

    /** Passes the object's bytes on and digests them. */
    ContentDigest digest(Region region, ObjectInfo object, OutputStream to, CancelToken cancel)
            throws RecoveryException {
        try (ObjectStream stream =
                        region.store().get(object.key(), ByteRange.whole(), object.etag());
                var body = new DigestingInput(stream)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                to.write(buffer, 0, n);
                cancel.check();
            }
            return body.finish();
        } catch (IOException broken) {
            throw StreamFailure.of(broken, region.store().name() + "/" + object.key());
        }
    }

    private Proven manifest(Region region, ObjectInfo object) throws RecoveryException {
        String name = region.store().name() + "/" + object.key();
        try (ObjectStream body =
                region.store().get(object.key(), ByteRange.whole(), object.etag())) {
            byte[] document = body.readAllBytes();
            Manifest manifest = ManifestJson.read(document, name).verify(keys);
            if (!manifest.id().equals(entry(object.key()).orElseThrow().id())) {
                throw new RecoveryException(
                        ProblemCode.MANIFEST_UNTRUSTED,
                        "The manifest " + name + " is that of another backup.",
                        "It names " + manifest.id() + ".",
                        "Take the copy of the other region.");
            }
            return new Proven(Sha256.of(document).sha256(), true);
        } catch (IOException broken) {
            throw StreamFailure.of(broken, name);
        }
    }
}
