package dev.lifeboat.pipeline;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;

/** Reads ranges of one stored object; called by several threads at once. */
@FunctionalInterface
public interface RangeReader {
    /**
     * Fills a part of the buffer with the object's bytes, all of them or fails. All ranges must be
     * of one and the same version of the object.
     *
     * @param position where in the object the range begins
     * @param offset where in the buffer its first byte goes
     */
    void read(long position, byte[] buffer, int offset, int length)
            throws IOException, RecoveryException;
}
