package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bytes of one object that go on from another region when the first one fails. */
final class FalloverStream extends InputStream {
    private final String key;
    private final List<Region> others;
    private final ObjectStream first;
    private volatile ObjectStream current;
    private long given;
    private int next;

    private FalloverStream(String key, ObjectStream first, List<Region> others) {
        this.key = key;
        this.first = first;
        this.current = first;
        this.others = others;
    }

    static ObjectStream over(String key, ObjectStream first, List<Region> others) {
        return others.isEmpty()
                ? first
                : new ObjectStream(
                        new FalloverStream(key, first, others),
                        first.info(),
                        first.firstByte(),
                        first.lengthBytes());
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = current.read(bytes, offset, length);
                given += Math.max(0, count);
                return count;
            } catch (StreamException broken) {
                if (!(broken.recovery() instanceof StorageException)) {
                    throw broken;
                }
                goOnElsewhere(broken);
            }
        }
    }

    /** Switches to the next region that holds the very same object, or throws what broke. */
    private void goOnElsewhere(StreamException broken) throws IOException {
        current.close();
        ObjectInfo wanted = first.info();
        while (next < others.size() && given < first.lengthBytes()) {
            Region region = others.get(next++);
            ByteRange rest = ByteRange.of(first.firstByte() + given, first.lengthBytes() - given);
            try {
                ObjectStream candidate = region.store().get(key, rest, wanted.etag());
                if (candidate.info().sizeBytes() == wanted.sizeBytes()) {
                    current = candidate;
                    return;
                }
                candidate.close();
            } catch (RecoveryException alsoFailed) {
                broken.addSuppressed(alsoFailed);
            }
        }
        throw broken;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
