package dev.lifeboat.replication;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.MultipartOutput;
import dev.lifeboat.storage.ObjectCopy;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes a good copy to the other region. What a manifest names is digested on its way, and becomes
 * visible only when its digest holds; everything else that can be judged was, and must still be the
 * object it was. Nothing is replaced but the very copy that was found bad. Where no copy is good an
 * older version takes the place of both. Inside the service where that works, else through this
 * program. Safe for many threads.
 */
final class ProvenCopy {
    private static final int PART_BYTES = 16 << 20;
    private static final int PARALLEL_PARTS = 2;

    /** Cleared by the first copy that the service would not do by itself. */
    private final AtomicBoolean serverSide = new AtomicBoolean(true);

    void copy(Difference difference, Proofs proofs, RegionPair regions, CancelToken cancel)
            throws RecoveryException {
        if (difference.kept().isPresent()) {
            bringBack(difference, difference.kept().get(), proofs, regions, cancel);
            return;
        }
        Region from = region(regions, difference.good().orElseThrow());
        Region to = region(regions, difference.target());
        ObjectInfo source = unchanged(from.store(), difference.there().get(from.role()));
        ObjectInfo bad = difference.there().get(to.role());
        if (bad != null) {
            unchanged(to.store(), bad);
        }
        Optional<ContentDigest> digest =
                difference.wal() ? Optional.empty() : proofs.expected(difference.key());
        if (digest.isEmpty()) {
            if (proofs.canJudge(difference.key(), difference.wal())) {
                proofs.prove(from, source, difference.wal(), cancel);
            }
            ObjectCopy.copy(from.store(), source.key(), to.store(), source.key(), bad == null);
            return;
        }
        if (serverSide.get() && inside(from, to, source, bad == null, proofs, cancel)) {
            return;
        }
        through(from, to, source, digest.get(), bad == null, proofs, cancel);
    }

    /** Puts the older version, which is proven again on its way, into every region of the pair. */
    private static void bringBack(
            Difference difference,
            Difference.Kept kept,
            Proofs proofs,
            RegionPair regions,
            CancelToken cancel)
            throws RecoveryException {
        Region older = EarlierVersions.view(region(regions, kept.region()), kept.version());
        ObjectInfo source = unchanged(older.store(), kept.version().object());
        Optional<ContentDigest> digest =
                difference.wal() ? Optional.empty() : proofs.expected(difference.key());
        for (Region to : regions.regions()) {
            ObjectInfo bad = difference.there().get(to.role());
            if (bad != null) {
                unchanged(to.store(), bad);
            }
            if (digest.isPresent()) {
                through(older, to, source, digest.get(), bad == null, proofs, cancel);
            } else {
                proofs.prove(older, source, difference.wal(), cancel);
                ObjectCopy.copy(older.store(), source.key(), to.store(), source.key(), bad == null);
            }
        }
    }

    private boolean inside(
            Region from,
            Region to,
            ObjectInfo source,
            boolean onlyIfAbsent,
            Proofs proofs,
            CancelToken cancel)
            throws RecoveryException {
        if (from.store().innermost().getClass() != to.store().innermost().getClass()) {
            return false;
        }
        proofs.prove(from, source, false, cancel);
        unchanged(from.store(), source);
        boolean done =
                to.store()
                        .copyFrom(from.store(), source.key(), source.key(), onlyIfAbsent)
                        .isPresent();
        if (!done) {
            serverSide.set(false);
        }
        return done;
    }

    private static void through(
            Region from,
            Region to,
            ObjectInfo source,
            ContentDigest digest,
            boolean onlyIfAbsent,
            Proofs proofs,
            CancelToken cancel)
            throws RecoveryException {
        var options = new PutOptions(source.metadata(), source.storageClass(), onlyIfAbsent);
        try (var out =
                new MultipartOutput(
                        to.store(), source.key(), options, PART_BYTES, PARALLEL_PARTS)) {
            ContentDigest found = proofs.digest(from, source, out, cancel);
            ExpectedContent.of(digest).check(from.store().name() + "/" + source.key(), found);
            out.complete();
        }
    }

    /** The object with its metadata, which must still be the one that was judged. */
    private static ObjectInfo unchanged(ObjectStore store, ObjectInfo judged)
            throws RecoveryException {
        ObjectInfo now =
                store.head(judged.key())
                        .orElseThrow(() -> StorageException.absent(store.name(), judged.key()));
        if (!now.etag().equals(judged.etag()) || now.sizeBytes() != judged.sizeBytes()) {
            throw StorageException.changed(store.name(), judged.key(), judged.etag());
        }
        return now;
    }

    private static Region region(RegionPair regions, Region.Role role) {
        return regions.regions().stream()
                .filter(region -> region.role() == role)
                .findFirst()
                .orElseThrow();
    }
}
