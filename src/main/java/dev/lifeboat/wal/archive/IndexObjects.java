package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.pipeline.RecognisedContent;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects below {@code wal-index/}: blocks of the index, stored like WAL (compressed,
 * encrypted, with an HMAC), in every region. They are a cache: one that is lost, replaced or cannot
 * be read costs time and nothing else. Safe for use by many threads.
 */
public final class IndexObjects {
    /** The folder of all index objects, below the prefix. */
    public static final String FOLDER = "wal-index/";

    private static final Logger LOG = LoggerFactory.getLogger(IndexObjects.class);
    private static final String FORM = ".zst.enc";
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 1 << 30;

    private final RegionAnswers regions;
    private final KeyRing keys;
    private final String folder;

    /**
     * @param regions of the bucket that holds WAL
     * @param prefix the profile's, empty or ending with a slash
     */
    public IndexObjects(RegionPair regions, KeyRing keys, String prefix) {
        this.regions = new RegionAnswers(regions.regions(), OUTAGE);
        this.keys = keys;
        this.folder = prefix + FOLDER;
    }

    /**
     * One object of one region.
     *
     * @param name without folder and form
     * @param identity changes when the object does
     */
    public record Listed(String name, Region.Role region, long identity) {}

    /** What the regions that answer hold; nothing when none does. */
    public List<Listed> list(CancelToken cancel) throws RecoveryException {
        var answers = regions.all(region -> list(region, cancel));
        cancel.check();
        answers.failures()
                .forEach((role, why) -> LOG.debug("no index from {}: {}", role, why.problem()));
        return answers.answers().values().stream().flatMap(List::stream).toList();
    }

    private List<Listed> list(Region region, CancelToken cancel) throws RecoveryException {
        List<Listed> found = new ArrayList<>();
        region.store()
                .list(
                        folder,
                        "",
                        object -> {
                            name(object)
                                    .map(
                                            n ->
                                                    new Listed(
                                                            n,
                                                            region.role(),
                                                            ObjectIdentity.of(object)))
                                    .ifPresent(found::add);
                            return true;
                        },
                        cancel);
        return found;
    }

    private Optional<String> name(ObjectInfo object) {
        return nameIn(folder, object.key());
    }

    /** The name of an index object; empty when the key is that of something else. */
    public static Optional<String> name(String prefix, String key) {
        return nameIn(prefix + FOLDER, key);
    }

    private static Optional<String> nameIn(String folder, String key) {
        return key.startsWith(folder) && key.endsWith(FORM)
                ? Optional.of(key.substring(folder.length(), key.length() - FORM.length()))
                : Optional.empty();
    }

    /**
     * Reads an object whole.
     *
     * @throws RecoveryException OBJECT_DAMAGED when it carries no HMAC, or one that does not hold;
     *     whatever else prevents reading it
     */
    public byte[] read(Listed listed) throws RecoveryException {
        Region region =
                regions.regions().stream()
                        .filter(candidate -> candidate.role() == listed.region())
                        .findFirst()
                        .orElseThrow();
        return regions.one(region, asked -> read(asked, listed.name()));
    }

    private byte[] read(Region region, String name) throws RecoveryException {
        String key = folder + name + FORM;
        String shown = region.store().name() + "/" + key;
        try (ObjectStream stored = region.store().get(key, ByteRange.whole(), null)) {
            WalObjectMetadata told =
                    WalObjectMetadata.verified(shown, FOLDER + name, stored.info().metadata(), keys)
                            .orElseThrow(() -> unsigned(shown));
            RecognisedContent opened =
                    RecognisedContent.open(
                            shown,
                            stored,
                            ExpectedContent.of(told.digests().stored()),
                            Optional.of(DecryptionKeys.certain(keys.require(told.key(), shown))),
                            CancelToken.never(),
                            Progress.unwatched());
            try (var content = opened.content()) {
                byte[] bytes = content.readNBytes(MOST_BYTES);
                ExpectedContent.of(told.digests().plain())
                        .check("The content of " + shown, content.digests().plain());
                return bytes;
            }
        } catch (IOException broken) {
            throw problem(shown, broken);
        }
    }

    /**
     * Stores an object in every region, replacing what is there.
     *
     * @param systemIdentifier the cluster's, in decimal
     * @throws RecoveryException when no region took it
     */
    public void write(String name, byte[] content, String systemIdentifier)
            throws RecoveryException {
        var encoded = new ByteArrayOutputStream(content.length / 2);
        Map<String, String> metadata =
                WalObjectMetadata.sign(
                                keys.current(),
                                FOLDER + name,
                                systemIdentifier,
                                encode(content, encoded))
                        .toMap();
        byte[] stored = encoded.toByteArray();
        PutOptions options = PutOptions.plain().withMetadata(metadata);
        var answers =
                regions.all(
                        region ->
                                region.store()
                                        .put(folder + name + FORM, ByteSource.of(stored), options));
        if (answers.answers().isEmpty()) {
            throw answers.failures().values().iterator().next();
        }
        answers.failures()
                .forEach((role, why) -> LOG.debug("no index into {}: {}", role, why.problem()));
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
            throw problem("The index", failed);
        }
    }

    private static RecoveryException unsigned(String name) {
        return new RecoveryException(
                ProblemCode.OBJECT_DAMAGED,
                name + " cannot be trusted.",
                "It carries no HMAC, so anybody may have written it.",
                "Delete it; the index is made again from the WAL.");
    }

    private static RecoveryException problem(String name, IOException broken) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException unknown) {
            return new RecoveryException(
                    ProblemCode.OBJECT_DAMAGED,
                    name + " could not be read or written.",
                    "It met: " + unknown.getMessage() + ".",
                    "Delete it; the index is made again from the WAL.",
                    unknown);
        }
    }
}
