package dev.lifeboat.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** One gzip member, at gzip's own level 6. Source: RFC 1952. */
final class GzipOutput extends CompressingOutput {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Deflating gzip;

    GzipOutput(OutputStream target) {
        try {
            gzip = new Deflating(target);
        } catch (IOException header) {
            throw new UncheckedIOException(header);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        gzip.write(buffer, offset, length);
    }

    @Override
    void finish() throws IOException {
        gzip.finish();
    }

    @Override
    public void close() {
        gzip.free();
    }

    /** The JDK frees the deflater's memory only together with ending and closing the target. */
    private static final class Deflating extends GZIPOutputStream {
        Deflating(OutputStream target) throws IOException {
            super(target, BUFFER_BYTES);
        }

        void free() {
            def.end();
        }
    }
}
