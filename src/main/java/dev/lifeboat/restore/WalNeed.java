package dev.lifeboat.restore;

import java.util.List;

/**
 * The WAL a plan needs, in the order replay asks for it. Every other name is known not to be
 * needed.
 *
 * @param segments file names, first to last, over all timelines of the path
 * @param histories the {@code .history} files of the path; all must be at hand before the server
 *     starts
 * @param segmentBytes the cluster's segment size
 */
public record WalNeed(List<String> segments, List<String> histories, int segmentBytes) {
    public WalNeed {
        segments = List.copyOf(segments);
        histories = List.copyOf(histories);
    }

    /** The plain size of all segments. */
    public long plainBytes() {
        return (long) segments.size() * segmentBytes;
    }
}
