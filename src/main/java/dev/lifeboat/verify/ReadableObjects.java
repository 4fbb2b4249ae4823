package dev.lifeboat.verify;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.StreamFailure;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.ContentKind;
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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decrypts, unpacks and reads single objects to their end, each from the first region whose copy is
 * good; the copies that are not are findings.
 */
final class ReadableObjects {
    private static final Set<ProblemCode> ENDING =
            EnumSet.of(
                    ProblemCode.KEY_WRONG,
                    ProblemCode.KEY_MISSING,
                    ProblemCode.PROGRAM_MISSING,
                    ProblemCode.VERSION_MISMATCH);

    private final VerifyContext context;
    private final List<Region> regions;
    private final Findings findings;
    private final boolean again;
    private final Progress progress;
    private final CancelToken cancel;

    ReadableObjects(
            VerifyContext context,
            List<Region> regions,
            Findings findings,
            boolean again,
            Progress progress,
            CancelToken cancel) {
        this.context = context;
        this.regions = regions;
        this.findings = findings;
        this.again = again;
        this.progress = progress;
        this.cancel = cancel;
    }

    /** What is done with one region's copy. */
    private interface Reading {
        void of(Region region) throws RecoveryException, IOException;
    }

    private void fromSomeRegion(String key, Reading reading) throws RecoveryException {
        RecoveryException last = null;
        for (Region region : regions) {
            try {
                reading.of(region);
                return;
            } catch (RecoveryException wrong) {
                last = wrong;
            } catch (IOException broken) {
                last = StreamFailure.of(broken, "Object " + key);
            }
            if (last instanceof CancelledException) {
                throw last;
            }
            findings.problem(last.problem());
        }
        if (last != null && isEnding(last)) {
            throw last;
        }
    }

    /** Whether it says nothing of the backup, only that it cannot be read here. */
    static boolean isEnding(RecoveryException problem) {
        return ENDING.contains(problem.code());
    }

    /** A dump, the globals or the files of a backup with a manifest. */
    void check(Manifest.StoredObject object, DecryptionKeys keys) throws RecoveryException {
        fromSomeRegion(object.key(), region -> read(region, object, keys));
    }

    private void read(Region region, Manifest.StoredObject object, DecryptionKeys keys)
            throws RecoveryException, IOException {
        String store = region.store().name();
        String name = "Object " + store + "/" + object.key();
        ObjectInfo info = info(region, object.key());
        if (!again
                && context.memory()
                        .knows(store, info, object.storedSha256(), VerifyLevel.READABLE)) {
            findings.remembered();
            return;
        }
        Compression compression =
                object.key().endsWith(".zst.enc") ? Compression.ZSTD : Compression.NONE;
        StoredForm form =
                StoredForm.encrypted(name, keys, compression)
                        .expecting(
                                expected(object.storedBytes(), object.storedSha256()),
                                expected(object.plainBytes(), object.plainSha256()));
        try (DecodedInput content =
                ObjectDecoder.openParallel(
                        form,
                        ranges(region, info),
                        info.sizeBytes(),
                        Slicing.ofJobs(context.jobs()),
                        cancel,
                        progress)) {
            if (object.role().equals("dump")) {
                readDump(content);
            } else if (object.role().equals("globals")) {
                ContentEnd.drainText(name, content);
            } else {
                ContentEnd.drain(content);
            }
        }
        context.memory().remember(store, info, object.storedSha256(), VerifyLevel.READABLE);
        findings.proven(info.sizeBytes());
    }

    /** The program may stop at the archive's end; what follows is read all the same. */
    private void readDump(InputStream content) throws RecoveryException, IOException {
        context.pgRestore().readThrough(content, Progress.unwatched(), cancel);
        ContentEnd.drain(content);
    }

    private static ExpectedContent expected(long sizeBytes, String sha256) {
        return ExpectedContent.of(new ContentDigest(sizeBytes, sha256));
    }

    /** The listing's description, or the problem that the object is not there. */
    private static ObjectInfo info(Region region, String key)
            throws RecoveryException, IOException {
        Optional<ObjectInfo> info = region.store().head(key);
        if (info.isPresent()) {
            return info.get();
        }
        try (ObjectStream absent = region.store().get(key, ByteRange.whole(), null)) {
            return absent.info();
        }
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

    /** An object nobody wrote down what it is. */
    void checkUnknown(String key, DecryptionKeys keys) throws RecoveryException {
        fromSomeRegion(
                key,
                region -> {
                    String store = region.store().name();
                    ObjectInfo info = info(region, key);
                    if (!again && context.memory().knows(store, info, "", VerifyLevel.READABLE)) {
                        findings.remembered();
                        return;
                    }
                    InputStream stored = region.store().get(key, ByteRange.whole(), info.etag());
                    readUnknown("Object " + store + "/" + key, stored, info.sizeBytes(), keys);
                    context.memory().remember(store, info, "", VerifyLevel.READABLE);
                });
    }

    /**
     * @param stored is closed
     */
    void readUnknown(String name, InputStream stored, long sizeBytes, DecryptionKeys keys)
            throws RecoveryException, IOException {
        RecognisedContent found =
                RecognisedContent.open(
                        name,
                        stored,
                        ExpectedContent.ofSize(sizeBytes),
                        Optional.of(keys),
                        cancel,
                        progress);
        try (DecodedInput content = found.content()) {
            if (found.kind() == ContentKind.CUSTOM_DUMP) {
                readDump(content);
            } else if (found.kind() == ContentKind.TEXT) {
                ContentEnd.drainText(name, content);
            } else if (found.kind() == ContentKind.TAR) {
                ContentEnd.drain(content);
            } else {
                throw VerifyProblems.noBackup(name);
            }
        }
        findings.proven(sizeBytes);
    }
}
