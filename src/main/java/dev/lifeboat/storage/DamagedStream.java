package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Bodies with something wrong, for {@link FaultyStore}. */
final class DamagedStream extends FilterInputStream {
    private final long at;
    private final StorageException breaks;
    private final boolean ends;
    private long given;

    /**
     * @param at the byte at which it happens: it is flipped, or the body ends before it
     * @param breaks how the body ends there; null when it does not break
     * @param ends whether it ends there quietly
     */
    private DamagedStream(InputStream in, long at, StorageException breaks, boolean ends) {
        super(in);
        this.at = at;
        this.breaks = breaks;
        this.ends = ends;
    }

    static ObjectStream truncated(String store, ObjectStream body, long at) {
        StorageException breaks =
                StorageException.truncated(store, body.info().key(), at, body.lengthBytes(), null);
        return over(body, new DamagedStream(body, at, breaks, false), body.info());
    }

    static ObjectStream flipped(ObjectStream body, long at) {
        return over(body, new DamagedStream(body, at, null, false), body.info());
    }

    /** As if the object had half the size; ranges in its second half are not cut. */
    static ObjectStream shortened(ObjectStream body) {
        long size = body.info().sizeBytes() / 2;
        if (body.firstByte() >= size) {
            return body;
        }
        long length = Math.min(body.lengthBytes(), size - body.firstByte());
        return new ObjectStream(
                new DamagedStream(body, length, null, true),
                relabelled(body.info().key(), body.info(), size),
                body.firstByte(),
                length);
    }

    /** The other object's bytes under this one's name; empty when the other one has none there. */
    static Optional<ObjectStream> swapped(
            ObjectStore store, String key, String other, ByteRange range) throws RecoveryException {
        Optional<ObjectInfo> wrong = store.head(other);
        if (wrong.isEmpty() || !range.isWithin(wrong.get().sizeBytes())) {
            return Optional.empty();
        }
        ObjectStream body = store.get(other, range, null);
        return Optional.of(over(body, body, relabelled(key, body.info(), body.info().sizeBytes())));
    }

    private static ObjectStream over(ObjectStream body, InputStream bytes, ObjectInfo info) {
        return new ObjectStream(bytes, info, body.firstByte(), body.lengthBytes());
    }

    private static ObjectInfo relabelled(String key, ObjectInfo info, long size) {
        return new ObjectInfo(
                key,
                size,
                info.etag(),
                info.lastModified(),
                info.storageClass(),
                info.metadata(),
                info.availability());
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int wanted = length;
        if (breaks != null || ends) {
            if (given == at) {
                if (breaks != null) {
                    throw new StreamException(breaks);
                }
                return -1;
            }
            wanted = (int) Math.min(length, at - given);
        }
        int count = in.read(bytes, offset, wanted);
        if (breaks == null && !ends && given <= at && at < given + count) {
            bytes[offset + (int) (at - given)] ^= 1;
        }
        given += Math.max(0, count);
        return count;
    }
}
