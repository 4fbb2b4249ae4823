package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest.Continuation;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a tar stream into frames as a base backup has them, and stores them. */
public final class FramedStream {
    private final String folder;
    private final EncryptionKey key;
    private final int frameBytes;
    private final List<ObjectStore> stores;

    public FramedStream(
            String folder, EncryptionKey key, int frameBytes, List<ObjectStore> stores) {
        this.folder = folder;
        this.key = key;
        this.frameBytes = frameBytes;
        this.stores = List.copyOf(stores);
    }

    public List<StoredObject> store(String stream, byte[] tar) throws Exception {
        List<StoredObject> frames = new ArrayList<>();
        for (int number = 0; number * (long) frameBytes < tar.length; number++) {
            int at = number * frameBytes;
            int length = Math.min(frameBytes, tar.length - at);
            String objectKey = "%s/%s.tar.%07d.zst.enc".formatted(folder, stream, number);
            var stored = new ByteArrayOutputStream();
            try (var out =
                    new EncodingOutput(
                            stored,
                            Encoding.encrypted(Compression.ZSTD, key),
                            CancelToken.never(),
                            Progress.unwatched())) {
                out.write(tar, at, length);
                var digests = out.finish();
                frames.add(
                        new StoredObject(
                                objectKey,
                                "frame",
                                digests.plain().sizeBytes(),
                                digests.plain().sha256(),
                                digests.stored().sizeBytes(),
                                digests.stored().sha256(),
                                stream,
                                number,
                                continuationAt(tar, at)));
            }
            for (ObjectStore store : stores) {
                store.put(objectKey, ByteSource.of(stored.toByteArray()), PutOptions.plain());
            }
        }
        return frames;
    }

    /** Follows the stream from its beginning up to a position. */
    static Continuation continuationAt(byte[] tar, int position) throws Exception {
        int at = 0;
        while (at < position && !TarMember.isEndBlock(tar, at)) {
            TarMember member = TarMember.parse(tar, at);
            long begin = (long) at + TarMember.BLOCK_BYTES;
            long end = begin + member.sizeBytes();
            if (position >= begin && position < end) {
                return new Continuation(member.name(), position - begin, end - position);
            }
            at = (int) (end + TarMember.paddingBytes(member.sizeBytes()));
        }
        return null;
    }
}
