package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineTree;

import java.util.List;

/**
 * Every position that can be recovered to, what is missing, and the timelines they lie on.
 *
 * @param windows ordered by timeline and position
 * @param gaps ordered by timeline and segment
 */
public record RecoveryMap(List<Window> windows, List<Gap> gaps, TimelineTree timelines) {
    public RecoveryMap {
        windows = List.copyOf(windows);
        gaps = List.copyOf(gaps);
    }

    /** Works the map out from listings alone. */
    public static RecoveryMap of(
            List<BasePoint> bases, WalHoldings holdings, TimelineTree timelines)
            throws RecoveryException {
        return of(bases, holdings, timelines, List.of());
    }

    /**
     * Works the map out.
     *
     * @param bases usable bases of the cluster the WAL is of
     * @param barriers what is known to stop replay within segments that are there
     * @throws RecoveryException never for a tree that {@link TimelineTree#of} made
     */
    public static RecoveryMap of(
            List<BasePoint> bases,
            WalHoldings holdings,
            TimelineTree timelines,
            List<Barrier> barriers)
            throws RecoveryException {
        return new RecoveryMap(
                new WindowSolver(timelines, holdings, barriers).solve(bases),
                new GapFinder(timelines, holdings, bases).find(),
                timelines);
    }
}
