package dev.lifeboat.catalog.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The solver against one that walks every base along every path, segment by segment. */
class RecoveryMapPropertyTest {
    private static final int SEGMENTS = 14;

    @Property(tries = 2000)
    void everyQuarterOfASegmentIsInAWindowExactlyWhenItCanBeReached(
            @ForAll("archives") Archive archive) throws RecoveryException {
        RecoveryMap map = archive.map();
        TimelineTree tree = archive.tree();

        for (TimelineId timeline : tree.timelines()) {
            for (long quarter = 0; quarter < SEGMENTS * 4L; quarter++) {
                Lsn position = Archive.quarters(quarter);
                boolean covered =
                        map.windows().stream()
                                .anyMatch(window -> covers(window, timeline, position));
                assertThat(covered)
                        .as("timeline %s at %s", timeline, quarter)
                        .isEqualTo(reachable(archive, tree, timeline, position));
            }
        }
    }

    @Property(tries = 1000)
    void windowsOfOneTimelineAreApartUnlessOneIsABranchLeftBehind(
            @ForAll("archives") Archive archive) throws RecoveryException {
        List<Window> windows = archive.map().windows();
        for (int i = 1; i < windows.size(); i++) {
            Window before = windows.get(i - 1);
            Window window = windows.get(i);
            if (before.timeline().equals(window.timeline())) {
                assertThat(window.from()).isGreaterThanOrEqualTo(before.to());
                assertThat(
                                window.from().isAfter(before.to())
                                        || before.abandoned() != window.abandoned())
                        .isTrue();
            }
        }
    }

    @Property(tries = 1000)
    void aSegmentOfAWindowIsMissingNowhereOrFillable(@ForAll("archives") Archive archive)
            throws RecoveryException {
        RecoveryMap map = archive.map();
        WalHoldings holdings = archive.holdings();
        for (Gap gap : map.gaps()) {
            for (long number = gap.first().number(); number <= gap.last().number(); number++) {
                WalSegment segment = new WalSegment(gap.first().timeline(), number, Archive.SIZE);
                assertThat(holdings.missingIn(segment)).isEqualTo(gap.missingIn());
                Set<Role> having = new TreeSet<>(holdings.byRegion().keySet());
                having.removeAll(gap.missingIn());
                assertThat(gap.fillableFrom().stream().toList()).hasSameElementsAs(having);
            }
        }
    }

    private static boolean covers(Window window, TimelineId timeline, Lsn position) {
        return window.timeline().equals(timeline)
                && !position.isBefore(window.from())
                && position.isBefore(window.to());
    }

    private static boolean reachable(
            Archive archive, TimelineTree tree, TimelineId timeline, Lsn position)
            throws RecoveryException {
        for (TimelineId target : tree.timelines()) {
            TimelinePath path = tree.pathTo(target);
            for (BasePoint base : archive.bases()) {
                if (path.at(position).equals(timeline)
                        && path.canStartAt(base.timeline(), base.stop())
                        && !position.isBefore(base.stop())
                        && allThere(archive.holdings(), path, base.start(), position)
                        && isFree(archive, path, base, position)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether replay meets nothing that stops it, on its way to the base's end and beyond. */
    private static boolean isFree(
            Archive archive, TimelinePath path, BasePoint base, Lsn position) {
        for (Barrier barrier : archive.barriers()) {
            WalSegment read = path.candidates(barrier.file().number(), Archive.SIZE).getFirst();
            boolean met =
                    read.equals(barrier.file())
                            && !barrier.at().isBefore(base.start())
                            && (barrier.at().isBefore(base.stop())
                                    || !barrier.at().isAfter(position));
            if (met) {
                return false;
            }
        }
        return true;
    }

    private static boolean allThere(
            WalHoldings holdings, TimelinePath path, Lsn from, Lsn position) {
        long last = position.value() / Archive.SIZE;
        for (long number = from.value() / Archive.SIZE; number <= last; number++) {
            WalSegment file = path.candidates(number, Archive.SIZE).getFirst();
            boolean somewhere =
                    holdings.byRegion().values().stream()
                            .anyMatch(
                                    region ->
                                            region.getOrDefault(file.timeline(), SegmentRuns.none())
                                                    .contains(file.number()));
            if (!somewhere) {
                return false;
            }
        }
        return true;
    }

    private record Base(long timeline, long start, long length) {}

    private record Wall(long timeline, long at) {}

    @Provide
    Arbitrary<Archive> archives() {
        Arbitrary<Long> quarters = Arbitraries.longs().between(4, SEGMENTS * 4L - 5);
        Arbitrary<Set<Long>> absent =
                Arbitraries.longs().between(1, SEGMENTS - 1).set().ofMaxSize(3);
        Arbitrary<Base> base =
                Combinators.combine(
                                Arbitraries.longs().between(1, 3),
                                quarters,
                                Arbitraries.longs().between(0, 6))
                        .as(Base::new);
        Arbitrary<List<Wall>> walls =
                Combinators.combine(Arbitraries.longs().between(1, 3), quarters)
                        .as(Wall::new)
                        .list()
                        .ofMaxSize(2);
        return Combinators.combine(
                        quarters,
                        quarters,
                        Arbitraries.longs().between(1, 2),
                        absent.list().ofSize(6),
                        base.list().ofMaxSize(3),
                        walls,
                        Arbitraries.of(true, false))
                .as(RecoveryMapPropertyTest::archive);
    }

    private static Archive archive(
            long fork2,
            long fork3,
            long parentOf3,
            List<Set<Long>> absent,
            List<Base> bases,
            List<Wall> walls,
            boolean dr) {
        Archive archive = new Archive().fork(2, 1, fork2);
        archive.fork(3, parentOf3, parentOf3 == 2 ? Math.max(fork2, fork3) : fork3);
        for (int timeline = 1; timeline <= 3; timeline++) {
            archive.region(Role.PRIMARY, timeline, without(absent.get(timeline - 1)));
            if (dr) {
                archive.region(Role.DR, timeline, without(absent.get(timeline + 2)));
            }
        }
        for (int i = 0; i < bases.size(); i++) {
            Base base = bases.get(i);
            archive.base("b" + i, base.timeline, base.start, base.start + base.length);
        }
        walls.forEach(wall -> archive.barrier(wall.timeline, wall.at));
        return archive;
    }

    private static SegmentRuns without(Set<Long> absent) {
        return SegmentRuns.range(1, SEGMENTS - 1)
                .minus(SegmentRuns.of(absent.stream().mapToLong(Long::longValue)));
    }
}
