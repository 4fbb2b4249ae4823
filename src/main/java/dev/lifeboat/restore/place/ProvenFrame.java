package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.io.IOException;

/**
 * The buffers one worker needs to bring a frame from S3 and prove it: whatever comes out of them
 * has both digests of the manifest. Used by one thread.
 */
final class ProvenFrame {
    private static final int CHUNK_BYTES = 1 << 18;

    private final RegionPair regions;
    private final DecryptionKeys keys;
    private final Progress progress;
    private final FrameRecord record;
    private final byte[] stored;
    private final byte[] plain;
    private long counted;

    /**
     * @param progress counts stored bytes
     */
    ProvenFrame(
            RegionPair regions,
            DecryptionKeys keys,
            FrameSizes sizes,
            Progress progress,
            FrameRecord record) {
        this.regions = regions;
        this.keys = keys;
        this.progress = progress;
        this.record = record;
        this.stored = new byte[sizes.storedBytes()];
        this.plain = new byte[sizes.plainBytes()];
    }

    /** The key that the manifest names. */
    static DecryptionKeys keyOf(Manifest base, KeyRing ring) throws RecoveryException {
        var fingerprint = new KeyFingerprint(base.encryption().keyFingerprint());
        return DecryptionKeys.certain(ring.require(fingerprint, "Backup " + base.id()));
    }

    /**
     * Brings the frame from the first region whose copy is good; {@link #plain()} then holds its
     * content.
     *
     * @return the region
     */
    String bring(StoredObject frame) throws RecoveryException {
        return regions.read(frame.key(), (region, bytes) -> take(frame, region, bytes));
    }

    /** The content of the frame brought last, as far as its manifest's size. */
    byte[] plain() {
        return plain;
    }

    private String take(StoredObject frame, Region region, ObjectStream bytes)
            throws IOException, RecoveryException {
        counted = 0;
        try {
            int length = read(bytes);
            ObjectDecoder.decodeInto(plain, form(frame), stored, length);
            return region.name();
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException bad) {
            record.refused(frame, region.name(), bad.problem());
            progress.add(-counted);
            throw bad;
        }
    }

    /** One byte more than the largest frame would be too long for this one, too. */
    private int read(ObjectStream bytes) throws IOException {
        int length = 0;
        while (length < stored.length) {
            int count = bytes.read(stored, length, Math.min(CHUNK_BYTES, stored.length - length));
            if (count < 0) {
                return length;
            }
            length += count;
            counted += count;
            progress.add(count);
        }
        return length;
    }

    private StoredForm form(StoredObject frame) {
        return StoredForm.encrypted("Object " + frame.key(), keys, Compression.ZSTD)
                .expecting(
                        new EncodedDigests(
                                new ContentDigest(frame.plainBytes(), frame.plainSha256()),
                                new ContentDigest(frame.storedBytes(), frame.storedSha256())));
    }
}
