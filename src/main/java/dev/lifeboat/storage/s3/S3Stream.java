package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.storage.StorageException;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;

import java.io.IOException;
import java.io.InputStream;

/** The body of an answer, which has to have the promised length. */
final class S3Stream extends InputStream {
    private final String store;
    private final String key;
    private final ResponseInputStream<?> body;
    private final long promisedBytes;
    private long gotBytes;

    S3Stream(String store, String key, ResponseInputStream<?> body, long promisedBytes) {
        this.store = store;
        this.key = key;
        this.body = body;
        this.promisedBytes = promisedBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = body.read(bytes, offset, length);
        } catch (AbortedException _) {
            Thread.currentThread().interrupt();
            throw new StreamException(new CancelledException());
        } catch (IOException broken) {
            throw truncated(broken);
        }
        if (count < 0 && gotBytes < promisedBytes) {
            throw truncated(null);
        }
        gotBytes += Math.max(0, count);
        return count;
    }

    private StreamException truncated(IOException cause) {
        return new StreamException(
                StorageException.truncated(store, key, gotBytes, promisedBytes, cause));
    }

    /** Before the end it drops the connection: reading the rest of a large object costs more. */
    @Override
    public void close() throws IOException {
        if (gotBytes < promisedBytes) {
            body.abort();
        } else {
            body.close();
        }
    }
}
