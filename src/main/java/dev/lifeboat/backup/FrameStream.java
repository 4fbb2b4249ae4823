package dev.lifeboat.backup;

import dev.lifeboat.catalog.Manifest.Continuation;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedFrame;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.FrameWriter;
import dev.lifeboat.pipeline.StoredBytes;
import dev.lifeboat.storage.ByteSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Takes one tar stream, cuts it into frames that are stored by several threads, and notes for each
 * frame which file it begins in. Used by one thread; closing it without {@link #finish} ends what
 * is under way.
 */
final class FrameStream extends OutputStream {
    private final String stream;
    private final int frameBytes;
    private final FrameKeys keys;
    private final BackupObjects objects;
    private final TarScanner scanner;
    private final FrameWriter frames;
    private final List<Continuation> continuations =
            Collections.synchronizedList(new ArrayList<>());
    private final List<StoredObject> stored = Collections.synchronizedList(new ArrayList<>());
    private long position;

    /** Names the object of a frame. */
    interface FrameKeys {
        String key(String stream, int number);
    }

    /**
     * How a stream is cut.
     *
     * @param frameBytes plain size of a frame, whole blocks of tar
     * @param jobs frames that are encoded and stored at once
     */
    record Cut(int frameBytes, int jobs) {
        Cut {
            if (frameBytes < 1 || frameBytes % TarMember.BLOCK_BYTES != 0 || jobs < 1) {
                throw new IllegalArgumentException(
                        jobs + " frames of " + frameBytes + " bytes at once");
            }
        }
    }

    FrameStream(
            String stream,
            Cut cut,
            FrameKeys keys,
            BackupObjects objects,
            TarScanner.TarVisitor visitor,
            EncryptionKey key,
            CancelToken cancel,
            Progress progress) {
        this.stream = stream;
        this.frameBytes = cut.frameBytes();
        this.keys = keys;
        this.objects = objects;
        this.scanner = new TarScanner(stream, visitor);
        this.frames =
                new FrameWriter(
                        cut.frameBytes(),
                        cut.jobs(),
                        Encoding.encrypted(Compression.ZSTD, key),
                        this::store,
                        cancel,
                        progress);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int inFrame = (int) (position % frameBytes);
            if (inFrame == 0) {
                continuations.add(scanner.continuation());
            }
            int count = Math.min(end - at, frameBytes - inFrame);
            try {
                scanner.pass(bytes, at, count);
            } catch (RecoveryException noTar) {
                throw new StreamException(noTar);
            }
            frames.write(bytes, at, count);
            position += count;
            at += count;
        }
    }

    /** Bytes written so far. */
    long plainBytes() {
        return position;
    }

    /**
     * Waits until every frame is stored.
     *
     * @return the frames in order
     * @throws RecoveryException BACKUP_FAILED when the stream did not end as a tar stream ends
     */
    List<StoredObject> finish() throws RecoveryException {
        scanner.finish();
        frames.finish();
        List<StoredObject> ordered = new ArrayList<>(stored);
        ordered.sort(Comparator.comparingInt(StoredObject::number));
        return ordered;
    }

    @Override
    public void close() {
        frames.close();
    }

    private void store(EncodedFrame frame) throws RecoveryException {
        String key = keys.key(stream, frame.index());
        objects.put(key, new Body(frame.stored()));
        stored.add(
                new StoredObject(
                        key,
                        "frame",
                        frame.digests().plain().sizeBytes(),
                        frame.digests().plain().sha256(),
                        frame.digests().stored().sizeBytes(),
                        frame.digests().stored().sha256(),
                        stream,
                        frame.index(),
                        continuations.get(frame.index())));
    }

    private record Body(StoredBytes bytes) implements ByteSource {
        @Override
        public long sizeBytes() {
            return bytes.sizeBytes();
        }

        @Override
        public InputStream open() {
            return bytes.open();
        }
    }
}
