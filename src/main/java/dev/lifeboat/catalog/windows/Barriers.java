package dev.lifeboat.catalog.windows;

import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexNote;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds in the index what stops replay within segments that are there.
 *
 * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, CheckRequiredParameterValues: "WAL
 * was generated with wal_level=minimal, cannot continue recovering".
 */
final class Barriers {
    private Barriers() {}

    static List<Barrier> of(WalIndex index, WalHoldings holdings) {
        List<Barrier> barriers = new ArrayList<>();
        for (TimelineId timeline : holdings.timelines()) {
            for (SegmentRuns.Run run : holdings.anywhere(timeline).runs()) {
                var stretch =
                        new WalRun(
                                new WalSegment(timeline, run.first(), holdings.segmentBytes()),
                                new WalSegment(timeline, run.last(), holdings.segmentBytes()));
                index.noted(stretch).forEach(entry -> add(entry, barriers));
                index.damaged(stretch).stream()
                        .map(e -> new Barrier(e.segment(), e.end(), WhyNot.WAL_DAMAGED))
                        .forEach(barriers::add);
            }
        }
        return barriers;
    }

    private static void add(SegmentEntry entry, List<Barrier> barriers) {
        for (IndexNote note : entry.notes()) {
            boolean minimal =
                    note instanceof IndexNote.Event(WalEvent.ParameterChange change)
                            && change.walLevel() == WalEvent.WalLevel.MINIMAL;
            if (minimal) {
                barriers.add(new Barrier(entry.segment(), note.at(), WhyNot.WAL_LEVEL_MINIMAL));
            }
        }
    }
}
