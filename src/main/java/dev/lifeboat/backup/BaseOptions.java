package dev.lifeboat.backup;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.pipeline.FrameWriter;

import java.time.Duration;

/**
 * How a base backup is taken.
 *
 * @param frameBytes plain size of a frame: whole blocks of 512 bytes
 * @param jobs how many frames are encoded and stored at once
 * @param archivePatience how long nothing may be archived while the backup waits for WAL
 */
public record BaseOptions(int frameBytes, int jobs, Duration archivePatience) {
    private static final Duration ARCHIVE_PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_JOBS = 8;

    /**
     * What suits a machine: as many jobs as it has processors, and as fit into three quarters of
     * the heap.
     */
    public static BaseOptions of(int processors, long heapBytes) {
        long frames = heapBytes * 3 / 4 / FrameWriter.DEFAULT_FRAME_BYTES;
        long fitting = (frames - 1) / 2;
        return new BaseOptions(
                FrameWriter.DEFAULT_FRAME_BYTES,
                Math.clamp(Math.min(fitting, processors), 1, MOST_JOBS),
                ARCHIVE_PATIENCE);
    }

    /** The same with smaller frames, and as many more of them at once. */
    public BaseOptions withFrameBytes(int bytes) {
        return new BaseOptions(bytes, jobs, archivePatience);
    }

    public BaseOptions withArchivePatience(Duration patience) {
        return new BaseOptions(frameBytes, jobs, patience);
    }

    /** For the log. */
    @Override
    public String toString() {
        return jobs + " frames of " + ByteSize.format(frameBytes) + " at once";
    }
}
