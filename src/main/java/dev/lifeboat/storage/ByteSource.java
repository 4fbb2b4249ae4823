package dev.lifeboat.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A body that can be sent more than once: every {@link #open()} gives the same {@link #sizeBytes()}
 * bytes.
 */
public interface ByteSource {
    long sizeBytes();

    /** The bytes from the start; the caller closes the stream. */
    InputStream open() throws IOException;

    /** The array itself is used; it must not change before the request is over. */
    static ByteSource of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** A slice of the array itself, which must not change before the request is over. */
    static ByteSource of(byte[] bytes, int offset, int length) {
        return new ByteSource() {
            @Override
            public long sizeBytes() {
                return length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes, offset, length);
            }
        };
    }

    /** A file that must not change before the request is over. */
    static ByteSource of(Path file) throws IOException {
        long size = Files.size(file);
        return new ByteSource() {
            @Override
            public long sizeBytes() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
