package dev.lifeboat.restore.spool;

import java.time.Duration;

/**
 * What the filler may use.
 *
 * @param segmentsAhead how many segments may lie ready or be on their way at once
 * @param workers how many are fetched at once; each holds one in memory
 * @param patience how long a region that does not answer is asked again before the restore gives up
 * @param pause between two questions for the same file
 */
public record FillerLimits(int segmentsAhead, int workers, Duration patience, Duration pause) {
    private static final long BYTES_AHEAD = 1L << 30;
    private static final int MOST_SEGMENTS_AHEAD = 64;
    private static final int MEMORY_SHARE = 8;

    public FillerLimits {
        if (segmentsAhead < 1 || workers < 1) {
            throw new IllegalArgumentException("a filler needs room for one segment at least");
        }
    }

    /**
     * Limits for a cluster: a gibibyte ahead, and an eighth of the memory for segments on their
     * way.
     *
     * @param heapBytes what this program may use
     */
    public static FillerLimits of(int segmentBytes, int jobs, long heapBytes) {
        int ahead = Math.clamp(BYTES_AHEAD / segmentBytes, 2, MOST_SEGMENTS_AHEAD);
        int workers = Math.clamp(heapBytes / MEMORY_SHARE / segmentBytes, 1, jobs);
        return new FillerLimits(ahead, workers, Duration.ofMinutes(15), Duration.ofSeconds(2));
    }
}
