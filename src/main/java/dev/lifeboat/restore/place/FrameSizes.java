package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/** How large the buffers for a base's frames must be, and how many of them memory bears. */
record FrameSizes(int storedBytes, int plainBytes) {
    /** The share of the heap that frames may take: the rest is for WAL and everything else. */
    private static final int MEMORY_SHARE = 2;

    /**
     * @throws RecoveryException HOST_FAILURE when the memory does not bear one frame
     */
    static FrameSizes of(List<StoredObject> frames, long heapBytes) throws RecoveryException {
        long stored = frames.stream().mapToLong(StoredObject::storedBytes).max().orElse(0) + 1;
        long plain = frames.stream().mapToLong(StoredObject::plainBytes).max().orElse(0);
        if (stored + plain > heapBytes / MEMORY_SHARE) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The frames of this base are too large for the memory Lifeboat may use.",
                    "One takes "
                            + ByteSize.format(stored + plain)
                            + ", and frames get half of "
                            + ByteSize.format(heapBytes)
                            + ".",
                    "Give it more memory with: JAVA_TOOL_OPTIONS=-Xmx4g lifeboat restore ...");
        }
        return new FrameSizes((int) stored, (int) plain);
    }

    /** How many frames may be worked on at once. */
    int workers(int jobs, long heapBytes) {
        return Math.clamp(heapBytes / MEMORY_SHARE / ((long) storedBytes + plainBytes), 1, jobs);
    }
}
