package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.InputStream;

/** A body that is asked for again from the byte it reached when its connection breaks. */
final class ResumingStream extends InputStream {
    /** So much must come before a break counts as the first one again. */
    private static final long PROGRESS_BYTES = 1 << 20;

    private final ObjectStore store;
    private final ObjectStream first;
    private final Retries.Tries tries;
    private volatile ObjectStream current;
    private volatile boolean closed;
    private long given;
    private long givenAtBreak;

    ResumingStream(ObjectStore store, Retries retries, ObjectStream first) {
        this.store = store;
        this.first = first;
        this.current = first;
        this.tries = retries.begin();
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (given < first.lengthBytes()) {
            try {
                int count = current.read(bytes, offset, length);
                given += Math.max(0, count);
                return count;
            } catch (StreamException broken) {
                if (closed || !(broken.recovery() instanceof StorageException failure)) {
                    throw broken;
                }
                resume(failure);
            }
        }
        return -1;
    }

    private void resume(StorageException broken) throws IOException {
        current.close();
        if (given - givenAtBreak >= PROGRESS_BYTES) {
            tries.progressed();
        }
        givenAtBreak = given;
        StorageException failure = broken;
        try {
            while (true) {
                tries.failed(failure);
                try {
                    current = rest();
                    break;
                } catch (StorageException again) {
                    failure = again;
                }
            }
        } catch (RecoveryException last) {
            throw new StreamException(last);
        }
        if (closed) {
            current.close();
        }
    }

    private ObjectStream rest() throws RecoveryException {
        ObjectInfo info = first.info();
        return store.get(
                info.key(),
                ByteRange.of(first.firstByte() + given, first.lengthBytes() - given),
                info.etag());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        current.close();
    }
}
