package dev.lifeboat.pipeline;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses what is written. Only {@link #finish()} writes the end; closing frees what the
 * compressor holds. The target stays its owner's to close.
 */
abstract class CompressingOutput extends OutputStream {
    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public abstract void write(byte[] buffer, int offset, int length) throws IOException;

    /** Writes all that is left, and the end. Nothing may be written afterwards. */
    abstract void finish() throws IOException;

    /** A second call does nothing. */
    @Override
    public abstract void close();
}
