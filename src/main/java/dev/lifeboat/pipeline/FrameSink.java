package dev.lifeboat.pipeline;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;

/**
 * Stores frames. Called by several threads at once, in any order of frames, each once; interrupted
 * when the writer is closed early.
 */
@FunctionalInterface
public interface FrameSink {
    /** Returns when the frame is stored for good. */
    void store(EncodedFrame frame) throws IOException, RecoveryException;
}
