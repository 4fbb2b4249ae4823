package dev.lifeboat.restore.logical;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.DecodedInput;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.RangeReader;
import dev.lifeboat.pipeline.RecognisedContent;
import dev.lifeboat.pipeline.Slicing;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads dumps, decrypted and unpacked, from whichever region has a good copy. For one thread; works
 * with several of its own.
 */
public final class DumpReader {
    private static final Logger LOG = LoggerFactory.getLogger(DumpReader.class);

    private final Optional<RegionPair> regions;
    private final Optional<KeyRing> keys;
    private final int jobs;
    private final CancelToken cancel;

    /**
     * @param regions empty when only local files are read
     * @param jobs how many slices at once
     */
    public DumpReader(
            Optional<RegionPair> regions, Optional<KeyRing> keys, int jobs, CancelToken cancel) {
        this.regions = regions;
        this.keys = keys;
        this.jobs = jobs;
        this.cancel = cancel;
    }

    /** What is done with the content; called once more for each copy that turns out bad. */
    @FunctionalInterface
    public interface Use {
        /**
         * @throws IOException of the content alone: another copy is tried
         * @throws RecoveryException of everything else: it is final
         */
        void of(InputStream content) throws RecoveryException, IOException;
    }

    /**
     * Hands the whole dump to its use, and proves its end afterwards: only then was what was used
     * good.
     *
     * @param progress counts stored bytes
     * @throws RecoveryException {@code KEY_MISSING}, {@code KEY_WRONG}, {@code OBJECT_MISSING},
     *     {@code OBJECT_TRUNCATED}, {@code OBJECT_DAMAGED}, {@code OBJECT_CHANGED} when no copy is
     *     good; {@code BACKUP_UNKNOWN} when a local file went away or was changed
     */
    public void read(DumpSource source, Progress progress, Use use) throws RecoveryException {
        progress.setTotal(source.storedBytes());
        if (source.local()) {
            readFile(source, progress, use);
            return;
        }
        Optional<Manifest.StoredObject> object = source.object();
        fromSomeRegion(
                source.location(),
                region -> {
                    progress.setDone(0);
                    try (DecodedInput content =
                            object.isPresent()
                                    ? known(region, source, object.get(), progress)
                                    : unknown(region, source, progress)) {
                        toTheEnd(content, use);
                    }
                });
    }

    /** A small object of a backup with a manifest, in memory and proven. */
    public byte[] bytes(DumpSource source, Manifest.StoredObject object) throws RecoveryException {
        byte[][] found = new byte[1][];
        fromSomeRegion(
                object.key(),
                region -> {
                    try (DecodedInput content =
                            known(region, source, object, Progress.unwatched())) {
                        found[0] = content.readAllBytes();
                    }
                });
        return found[0];
    }

    /** What is done with the beginning of an object; called once more for each copy that fails. */
    @FunctionalInterface
    interface Beginning {
        void of(String name, RecognisedContent opened) throws RecoveryException, IOException;
    }

    /**
     * Opens an object, whatever it is, for a use that reads as far as it needs: no more is fetched,
     * and nothing of it is proven. When the use fails, the other region's copy is tried, too.
     *
     * @param progress counts stored bytes, of how many there are
     */
    void begin(String key, Progress progress, Beginning use) throws RecoveryException {
        fromSomeRegion(
                key,
                region -> {
                    ObjectInfo info = info(region, key);
                    progress.setDone(0);
                    progress.setTotal(info.sizeBytes());
                    RecognisedContent opened =
                            RecognisedContent.open(
                                    name(region, key),
                                    region.store().get(key, ByteRange.whole(), info.etag()),
                                    ExpectedContent.ofSize(info.sizeBytes()),
                                    anyKey(),
                                    cancel,
                                    progress);
                    try (var content = opened.content()) {
                        use.of(name(region, key), opened);
                    }
                });
    }

    private interface Reading {
        void of(Region region) throws RecoveryException, IOException;
    }

    /** A use that failed by itself. */
    private static final class UseFailed extends RecoveryException {
        private static final long serialVersionUID = 1L;

        UseFailed(RecoveryException cause) {
            super(cause.problem(), cause);
        }
    }

    private static void toTheEnd(DecodedInput content, Use use)
            throws RecoveryException, IOException {
        try {
            use.of(content);
        } catch (RecoveryException ownFailure) {
            throw new UseFailed(ownFailure);
        }
        content.transferTo(OutputStream.nullOutputStream());
    }

    private void fromSomeRegion(String key, Reading reading) throws RecoveryException {
        RecoveryException first = null;
        for (Region region : regions.orElseThrow().regions()) {
            RecoveryException failure;
            try {
                reading.of(region);
                return;
            } catch (UseFailed use) {
                throw (RecoveryException) use.getCause();
            } catch (RecoveryException bad) {
                failure = bad;
            } catch (IOException broken) {
                failure = StreamFailure.of(broken, "Object " + key);
            }
            if (failure instanceof CancelledException) {
                throw failure;
            }
            LOG.warn("The copy of {} in {} is not used: {}", key, region.name(), failure.problem());
            first = first == null || isAbsence(first) ? failure : first;
        }
        throw first;
    }

    /** A copy that is there and bad says more than one that is not there. */
    private static boolean isAbsence(RecoveryException failure) {
        return failure.code() == ProblemCode.OBJECT_MISSING;
    }

    private DecodedInput known(
            Region region, DumpSource source, Manifest.StoredObject object, Progress progress)
            throws RecoveryException, IOException {
        ObjectInfo info = info(region, object.key());
        Compression compression =
                object.key().endsWith(".zst.enc") ? Compression.ZSTD : Compression.NONE;
        StoredForm form =
                StoredForm.encrypted(
                                name(region, object.key()),
                                DecryptionKeys.certain(key(source)),
                                compression)
                        .expecting(
                                ExpectedContent.of(
                                        new ContentDigest(
                                                object.storedBytes(), object.storedSha256())),
                                ExpectedContent.of(
                                        new ContentDigest(
                                                object.plainBytes(), object.plainSha256())));
        return ObjectDecoder.openParallel(
                form,
                ranges(region, info),
                info.sizeBytes(),
                Slicing.ofJobs(jobs),
                cancel,
                progress);
    }

    private dev.lifeboat.crypto.EncryptionKey key(DumpSource source) throws RecoveryException {
        Manifest manifest = source.manifest().orElseThrow();
        return keys.orElseThrow(() -> noKey(source))
                .require(
                        new KeyFingerprint(manifest.encryption().keyFingerprint()),
                        "Backup " + manifest.id());
    }

    private static RecoveryException noKey(DumpSource source) {
        return new RecoveryException(
                ProblemCode.KEY_MISSING,
                source.title() + " cannot be decrypted.",
                "BACKUP_ENCRYPTION_KEY is not set.",
                "Set it to the key of the backup; file:PATH and secretsmanager:NAME are read, too.");
    }

    private DecodedInput unknown(Region region, DumpSource source, Progress progress)
            throws RecoveryException, IOException {
        ObjectInfo info = info(region, source.location());
        String before = source.copies().get(region.store().name());
        if (before == null
                ? info.sizeBytes() != source.storedBytes()
                : !before.equals(info.etag())) {
            throw changed(name(region, source.location()));
        }
        ObjectStream stored = region.store().get(source.location(), ByteRange.whole(), info.etag());
        return RecognisedContent.open(
                        name(region, source.location()),
                        stored,
                        ExpectedContent.ofSize(info.sizeBytes()),
                        anyKey(),
                        cancel,
                        progress)
                .content();
    }

    private void readFile(DumpSource source, Progress progress, Use use) throws RecoveryException {
        Path file = Path.of(source.location());
        try {
            String changedAt = Files.getLastModifiedTime(file).toString();
            if (Files.size(file) != source.storedBytes()
                    || !changedAt.equals(source.copies().get(source.location()))) {
                throw changed("File " + file);
            }
            try (DecodedInput content =
                    RecognisedContent.open(
                                    source.title(),
                                    Files.newInputStream(file),
                                    ExpectedContent.ofSize(source.storedBytes()),
                                    anyKey(),
                                    cancel,
                                    progress)
                            .content()) {
                toTheEnd(content, use);
            }
        } catch (UseFailed failed) {
            throw (RecoveryException) failed.getCause();
        } catch (IOException broken) {
            throw DumpProbe.unreadable(file, broken);
        }
    }

    private Optional<DecryptionKeys> anyKey() {
        return keys.map(ring -> DecryptionKeys.anyOf(ring).withOlderForms());
    }

    static ObjectInfo info(Region region, String key) throws RecoveryException, IOException {
        Optional<ObjectInfo> info = region.store().head(key);
        if (info.isPresent()) {
            return info.get();
        }
        try (ObjectStream absent = region.store().get(key, ByteRange.whole(), null)) {
            return absent.info();
        }
    }

    static String name(Region region, String key) {
        return "Object " + region.store().name() + "/" + key;
    }

    private static RangeReader ranges(Region region, ObjectInfo info) {
        return (position, buffer, offset, length) -> {
            try (ObjectStream range =
                    region.store().get(info.key(), ByteRange.of(position, length), info.etag())) {
                if (range.readNBytes(buffer, offset, length) < length) {
                    throw new EOFException("a range ended early");
                }
            }
        };
    }

    private static RecoveryException changed(String name) {
        return new RecoveryException(
                ProblemCode.OBJECT_CHANGED,
                name + " is not the one the plan was made of.",
                "It was replaced since.",
                "Make a new plan, and review it: lifeboat restore --plan ...");
    }

    /** The keys it tries, for whoever looks at a beginning. */
    Optional<DecryptionKeys> keysForAnything() {
        return anyKey();
    }

    /** The regions it reads. */
    List<Region> regions() {
        return regions.orElseThrow().regions();
    }
}
