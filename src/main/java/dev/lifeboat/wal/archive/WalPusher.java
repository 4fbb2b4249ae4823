package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.ArchivedWal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes WAL files to the archive, compressed, encrypted and authenticated. Never replaces an
 * object. Safe for use by many threads; holds one plain and one stored file for each thread that
 * pushes. Regions and keys stay their owner's to close.
 */
public final class WalPusher {
    /** How long a primary that did not answer is left alone, and DR written to at once. */
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private final RegionAnswers regions;
    private final KeyRing keys;
    private final WalListing listing;
    private final WalCopyReader reader;
    private final StrangerGuard guard;

    /**
     * @param regions of the bucket that holds WAL
     * @param prefix the profile's, empty or ending with a slash
     */
    public WalPusher(RegionPair regions, KeyRing keys, String prefix, ArchiveOwner owner) {
        this.regions = new RegionAnswers(regions.regions(), OUTAGE);
        this.keys = keys;
        this.listing = new WalListing(prefix);
        this.reader = new WalCopyReader(keys);
        this.guard = new StrangerGuard(owner);
    }

    /**
     * Archives a file. When this returns, it is durable in the primary region, or in DR while the
     * primary is proven unavailable. A file that lies there already with the same content, in
     * whatever form, is left as it is.
     *
     * @throws RecoveryException WAL_CONFLICT when the archive holds other content under this name;
     *     SYSTEM_IDENTIFIER_FOREIGN for a stranger; or what the store says
     */
    public Pushed push(WalSource source) throws RecoveryException {
        guard.require(source.cluster());
        Region primary = regions.regions().getFirst();
        try {
            return regions.one(primary, region -> pushTo(region, source));
        } catch (StorageException failure) {
            if (failure.kind() != StorageException.Kind.UNREACHABLE
                    || regions.regions().size() == 1) {
                throw failure;
            }
            return regions.one(regions.regions().get(1), r -> pushTo(r, source))
                    .divertedBecause(failure.problem());
        }
    }

    private Pushed pushTo(Region region, WalSource source) throws RecoveryException {
        Optional<Pushed> there = existing(region, source);
        if (there.isPresent()) {
            return there.get();
        }
        var wal = new ArchivedWal(source.file(), ArchivedForm.ZSTD_ENCRYPTED);
        var encoded = new ByteArrayOutputStream(source.content().length / 2);
        WalObjectMetadata metadata =
                WalObjectMetadata.sign(
                        keys.current(),
                        source.file(),
                        source.cluster().systemIdentifier(),
                        encode(source, encoded));
        PutOptions options = PutOptions.plain().withMetadata(metadata.toMap()).onlyIfAbsent();
        try {
            ObjectInfo stored =
                    region.store()
                            .put(
                                    wal.key(listing.prefix()),
                                    ByteSource.of(encoded.toByteArray()),
                                    options);
            return Pushed.of(region.role(), false, stored);
        } catch (StorageException failure) {
            if (failure.kind() != StorageException.Kind.EXISTS) {
                throw failure;
            }
            return existing(region, source).orElseThrow(() -> failure);
        }
    }

    /** The same file where it lies in the region already, in one form or several. */
    private Optional<Pushed> existing(Region region, WalSource source) throws RecoveryException {
        List<WalCopy> copies = listing.copies(region, source.file());
        if (copies.isEmpty()) {
            return Optional.empty();
        }
        ContentDigest digest = Sha256.of(source.content());
        for (WalCopy copy : copies) {
            Optional<ContentDigest> told = reader.digestToldBy(copy);
            ContentDigest found =
                    told.isPresent() ? told.get() : reader.read(copy, WalExpectation.none()).digest;
            if (!found.equals(digest)) {
                throw conflict(copy, source);
            }
        }
        return Optional.of(Pushed.of(region.role(), true, copies.getFirst().listed()));
    }

    private EncodedDigests encode(WalSource source, ByteArrayOutputStream target)
            throws RecoveryException {
        var encoding = Encoding.encrypted(Compression.ZSTD, keys.current());
        try (var out =
                new EncodingOutput(
                        target,
                        encoding,
                        source.content().length,
                        CancelToken.never(),
                        Progress.unwatched())) {
            out.write(source.content());
            return out.finish();
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private static RecoveryException failure(IOException failed) {
        try {
            return StreamException.unwrap(failed);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail", impossible);
        }
    }

    private static RecoveryException conflict(WalCopy copy, WalSource source) {
        return new RecoveryException(
                ProblemCode.WAL_CONFLICT,
                "The archive holds another file named " + source.file().name() + ".",
                copy.name()
                        + " differs from the one that "
                        + source.cluster()
                        + " wants to archive; it was left as it is.",
                "Another server archives to the same place: give each its own prefix"
                        + " (BACKUP_PREFIX), or move that object away if it does not belong there.");
    }
}
