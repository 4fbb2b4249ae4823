package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

/** What is remembered of frames, so that a resumed restore does not begin anew. Many threads. */
public interface FrameRecord {
    /** Whether the frame was unpacked completely. */
    boolean isPlaced(StoredObject frame);

    /** The frame is unpacked. */
    void placed(StoredObject frame, String region) throws RecoveryException;

    /** A region's copy of the frame was not good; another one is tried where there is one. */
    void refused(StoredObject frame, String region, Problem problem) throws RecoveryException;
}
