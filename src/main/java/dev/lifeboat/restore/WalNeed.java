package dev.lifeboat.restore;

import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

    /** The segments as replay follows them. */
    WalChain chain() {
        List<WalRun> runs = new ArrayList<>();
        WalSegment first = null;
        WalSegment last = null;
        for (String name : segments) {
            WalSegment segment = WalSegment.parse(name, segmentBytes).orElseThrow();
            if (first != null && !segment.timeline().equals(first.timeline())) {
                runs.add(new WalRun(first, last));
                first = null;
            }
            first = first == null ? segment : first;
            last = segment;
        }
        runs.add(new WalRun(first, last));
        return new WalChain(runs, new WalChain.Hole(last.next(), Set.of(), Set.of(), false));
    }

    /** The plain size of all segments. */
    public long plainBytes() {
        return (long) segments.size() * segmentBytes;
    }
}
