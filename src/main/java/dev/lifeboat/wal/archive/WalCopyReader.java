package dev.lifeboat.wal.archive;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.RecognisedContent;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.wal.BackupHistoryFile;
import dev.lifeboat.wal.SegmentHeader;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one copy of a WAL file whole and checks it against all that is known of it. */
final class WalCopyReader {
    private final KeyRing keys;

    WalCopyReader(KeyRing keys) {
        this.keys = keys;
    }

    /** The checked content of one copy. */
    static final class Content {
        final byte[] bytes;
        final ContentDigest digest;
        final boolean authenticated;

        Content(byte[] bytes, ContentDigest digest, boolean authenticated) {
            this.bytes = bytes;
            this.digest = digest;
            this.authenticated = authenticated;
        }
    }

    /**
     * @throws RecoveryException when it cannot be read, is damaged, or is not what its name says
     */
    Content read(WalCopy copy, WalExpectation expected) throws RecoveryException {
        WalFileName file = copy.wal().file();
        try (ObjectStream stored =
                copy.region()
                        .store()
                        .get(copy.listed().key(), ByteRange.whole(), copy.listed().etag())) {
            Optional<WalObjectMetadata> metadata =
                    WalObjectMetadata.verified(copy.name(), file, stored.info().metadata(), keys);
            if (metadata.isPresent()) {
                checkCluster(copy, metadata.get().systemIdentifier(), expected);
            }
            Content content = decode(copy, stored, metadata, expected);
            checkMeaning(copy, file, content.bytes, expected);
            return content;
        } catch (IOException broken) {
            throw problem(copy, broken);
        }
    }

    /**
     * The digest of a copy's plain content as its verified metadata tells it; empty when it carries
     * none.
     */
    Optional<ContentDigest> digestToldBy(WalCopy copy) throws RecoveryException {
        Optional<ObjectInfo> object = copy.region().store().head(copy.listed().key());
        return object.isEmpty()
                ? Optional.empty()
                : WalObjectMetadata.verified(
                                copy.name(), copy.wal().file(), object.get().metadata(), keys)
                        .map(told -> told.digests().plain());
    }

    private Content decode(
            WalCopy copy,
            ObjectStream stored,
            Optional<WalObjectMetadata> metadata,
            WalExpectation expected)
            throws IOException, RecoveryException {
        ExpectedContent storedContent =
                metadata.map(told -> ExpectedContent.of(told.digests().stored()))
                        .orElse(ExpectedContent.ofSize(stored.info().sizeBytes()));
        DecryptionKeys candidates =
                metadata.isPresent()
                        ? DecryptionKeys.certain(keys.require(metadata.get().key(), copy.name()))
                        : DecryptionKeys.anyOf(keys).withOlderForms();
        RecognisedContent opened =
                RecognisedContent.open(
                        copy.name(),
                        stored,
                        storedContent,
                        Optional.of(candidates),
                        CancelToken.never(),
                        Progress.unwatched());
        try (var content = opened.content()) {
            byte[] bytes = content.readNBytes(limit(expected) + 1);
            if (bytes.length > limit(expected)) {
                throw damaged(copy, "It holds more than a segment has.");
            }
            ContentDigest digest = content.digests().plain();
            if (metadata.isPresent()) {
                ExpectedContent.of(metadata.get().digests().plain())
                        .check("The content of " + copy.name(), digest);
            }
            return new Content(bytes, digest, metadata.isPresent());
        }
    }

    private static int limit(WalExpectation expected) {
        return expected.segmentBytes().orElse(WalSegment.MAX_SIZE_BYTES);
    }

    private static void checkMeaning(
            WalCopy copy, WalFileName file, byte[] bytes, WalExpectation expected)
            throws RecoveryException {
        switch (file) {
            case WalFileName.Segment segment -> checkSegment(copy, segment, bytes, expected);
            case WalFileName.Partial partial -> checkSegment(copy, partial, bytes, expected);
            case WalFileName.History history ->
                    TimelineHistory.parse(history.timeline(), text(bytes));
            case WalFileName.BackupHistory _ -> BackupHistoryFile.parse(text(bytes));
            case WalFileName.Other other ->
                    throw new IllegalArgumentException(other.name() + " is no WAL file");
        }
    }

    private static void checkSegment(
            WalCopy copy, WalFileName file, byte[] bytes, WalExpectation expected)
            throws RecoveryException {
        SegmentHeader header = SegmentCheck.check(copy.name(), file, bytes);
        checkCluster(copy, SegmentCheck.systemIdentifier(header), expected);
        if (expected.segmentBytes().isPresent()
                && expected.segmentBytes().getAsInt() != header.segmentSizeBytes()) {
            throw damaged(
                    copy,
                    "Its header says segments of "
                            + header.segmentSizeBytes()
                            + " bytes, but the cluster has "
                            + expected.segmentBytes().getAsInt()
                            + ".");
        }
    }

    private static void checkCluster(WalCopy copy, String found, WalExpectation expected)
            throws RecoveryException {
        if (expected.systemIdentifier().isPresent()
                && !expected.systemIdentifier().get().equals(found)) {
            throw new RecoveryException(
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    copy.name() + " is of another cluster.",
                    "It was written by the cluster "
                            + found
                            + ", but "
                            + expected.systemIdentifier().get()
                            + " is being restored.",
                    "Keep each cluster's archive under a prefix of its own (BACKUP_PREFIX).");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static RecoveryException damaged(WalCopy copy, String why) {
        return new RecoveryException(
                ProblemCode.WAL_DAMAGED,
                copy.name() + " is not the file its name says.",
                why,
                "Take the copy of the other region.");
    }

    private static RecoveryException problem(WalCopy copy, IOException broken) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException unknown) {
            return damaged(copy, "It could not be read: " + unknown.getMessage() + ".");
        }
    }
}
