package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Finds the segments that should be in a region and are not. On each timeline those are expected
 * that lie between the first one any base needs (or, where no base leads there, the first one seen)
 * and the last one seen, needed by a base, or left behind by a fork.
 */
final class GapFinder {
    private final TimelineTree tree;
    private final WalHoldings holdings;
    private final List<BasePoint> bases;

    GapFinder(TimelineTree tree, WalHoldings holdings, List<BasePoint> bases) {
        this.tree = tree;
        this.holdings = holdings;
        this.bases = bases;
    }

    /** Ordered by timeline and segment. */
    List<Gap> find() throws RecoveryException {
        var timelines = new TreeSet<>(tree.timelines());
        timelines.addAll(holdings.timelines());
        List<Gap> gaps = new ArrayList<>();
        for (TimelineId timeline : timelines) {
            gaps.addAll(gapsOf(timeline));
        }
        gaps.sort(Comparator.comparing(Gap::first));
        return gaps;
    }

    private List<Gap> gapsOf(TimelineId timeline) throws RecoveryException {
        SegmentRuns seen = holdings.anywhere(timeline);
        OptionalLong first = firstNeeded(timeline, seen);
        if (first.isEmpty()) {
            return List.of();
        }
        long last =
                LongStream.concat(lastNeeded(timeline), ends(seen)).max().orElse(first.getAsLong());
        SegmentRuns expected = SegmentRuns.range(first.getAsLong(), last);
        return missing(timeline, expected);
    }

    private OptionalLong firstNeeded(TimelineId timeline, SegmentRuns seen)
            throws RecoveryException {
        Stream<BasePoint> own = bases.stream().filter(base -> base.timeline().equals(timeline));
        LongStream needed = own.mapToLong(base -> number(base.start()));
        Optional<Lsn> begin =
                tree.history(timeline)
                        .flatMap(TimelineHistory::parent)
                        .map(TimelineHistory.Switch::at);
        if (begin.isPresent() && isReachedFromAncestor(timeline)) {
            needed = LongStream.concat(needed, LongStream.of(number(begin.get())));
        }
        OptionalLong first = needed.min();
        return first.isPresent() || seen.isEmpty() ? first : OptionalLong.of(seen.first());
    }

    private boolean isReachedFromAncestor(TimelineId timeline) throws RecoveryException {
        TimelinePath path = tree.pathTo(timeline);
        return bases.stream()
                .filter(base -> !base.timeline().equals(timeline))
                .anyMatch(base -> path.canStartAt(base.timeline(), base.stop()));
    }

    /** What bases and forks need at the end; the file of a fork itself is the new timeline's. */
    private LongStream lastNeeded(TimelineId timeline) {
        LongStream ofBases =
                bases.stream()
                        .filter(base -> base.timeline().equals(timeline))
                        .mapToLong(base -> number(base.stop().plus(-1)));
        LongStream ofForks =
                tree.forksOf(timeline).stream().mapToLong(fork -> number(fork.begin()) - 1);
        return LongStream.concat(ofBases, ofForks);
    }

    private static LongStream ends(SegmentRuns seen) {
        return seen.isEmpty() ? LongStream.empty() : LongStream.of(seen.last());
    }

    private List<Gap> missing(TimelineId timeline, SegmentRuns expected) {
        Set<Region.Role> listed = holdings.byRegion().keySet();
        SegmentRuns left = expected.minus(holdings.anywhere(timeline));
        List<Gap> gaps = new ArrayList<>(gaps(timeline, left, listed, Optional.empty()));
        for (Region.Role region : listed) {
            SegmentRuns elsewhere = expected.minus(holdings.in(region, timeline)).minus(left);
            Optional<Region.Role> other =
                    listed.stream().filter(role -> role != region).findFirst();
            gaps.addAll(gaps(timeline, elsewhere, EnumSet.of(region), other));
        }
        return gaps;
    }

    private List<Gap> gaps(
            TimelineId timeline,
            SegmentRuns missing,
            Set<Region.Role> in,
            Optional<Region.Role> fillableFrom) {
        return missing.runs().stream()
                .map(
                        run ->
                                new Gap(
                                        segment(timeline, run.first()),
                                        segment(timeline, run.last()),
                                        in,
                                        fillableFrom))
                .toList();
    }

    private WalSegment segment(TimelineId timeline, long number) {
        return new WalSegment(timeline, number, holdings.segmentBytes());
    }

    private long number(Lsn lsn) {
        return WalSegment.containing(lsn, TimelineId.FIRST, holdings.segmentBytes()).number();
    }
}
