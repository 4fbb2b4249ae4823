package dev.lifeboat.storage.s3;

import dev.lifeboat.storage.ByteSource;

import software.amazon.awssdk.core.sync.RequestBody;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Gives a body to the SDK, and marks failures to read it: they are this machine's, and must not
 * pass for a store that does not answer.
 */
final class S3Body extends FilterInputStream {
    private static final String TYPE = "application/octet-stream";

    private S3Body(InputStream in) {
        super(in);
    }

    static RequestBody of(ByteSource source) {
        return RequestBody.fromContentProvider(() -> open(source), source.sizeBytes(), TYPE);
    }

    private static InputStream open(ByteSource source) {
        try {
            return new S3Body(source.open());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(new Unreadable(unreadable));
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException unreadable) {
            throw new Unreadable(unreadable);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException unreadable) {
            throw new Unreadable(unreadable);
        }
    }

    /** The body could not be read. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
