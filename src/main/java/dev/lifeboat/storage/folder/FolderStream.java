package dev.lifeboat.storage.folder;

import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.storage.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stretch of a file, which has to be there to its end. */
final class FolderStream extends InputStream {
    private final String store;
    private final String key;
    private final FileChannel file;
    private final long lengthBytes;
    private long given;

    FolderStream(String store, String key, FileChannel file, long lengthBytes) {
        this.store = store;
        this.key = key;
        this.file = file;
        this.lengthBytes = lengthBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (given == lengthBytes) {
            return -1;
        }
        int wanted = (int) Math.min(length, lengthBytes - given);
        int count = file.read(ByteBuffer.wrap(bytes, offset, wanted));
        if (count < 0) {
            throw new StreamException(
                    StorageException.truncated(store, key, given, lengthBytes, null));
        }
        given += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
