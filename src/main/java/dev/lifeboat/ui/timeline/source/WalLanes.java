package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Coverage;
import dev.lifeboat.ui.timeline.model.Coverage.State;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.WalLane;
import dev.lifeboat.wal.archive.RegionInventory;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Each region's WAL along the live path. */
final class WalLanes {
    private final WalInventory inventory;
    private final Optional<LivePath> path;
    private final Optional<SegmentTimes> times;
    private final Map<Region.Role, String> places;

    WalLanes(Gathered found, Optional<LivePath> path, Optional<SegmentTimes> times) {
        this.inventory = found.inventory();
        this.path = path;
        this.times = times;
        this.places = found.places();
    }

    static Lane lane(Region.Role role) {
        return role == Region.Role.PRIMARY ? Lane.WAL_PRIMARY : Lane.WAL_DR;
    }

    List<WalLane> make() {
        return places.keySet().stream()
                .sorted(Comparator.naturalOrder())
                .map(this::laneOf)
                .toList();
    }

    private WalLane laneOf(Region.Role role) {
        String place =
                path.map(
                                way ->
                                        Messages.text(
                                                "timeline.lane.wal.place",
                                                way.path().target(),
                                                places.get(role)))
                        .orElseGet(() -> places.get(role));
        Optional<String> unreachable =
                Optional.ofNullable(inventory.unlisted().get(role)).map(problem -> problem.what());
        if (unreachable.isPresent() || path.isEmpty() || path.get().isEmpty()) {
            return new WalLane(
                    lane(role), place, Coverage.none(), false, OptionalLong.empty(), unreachable);
        }
        SegmentRuns here = held(role);
        return new WalLane(
                lane(role),
                place,
                coverage(role, here),
                times.orElseThrow().isExact(),
                lag(here),
                unreachable);
    }

    /** What a region holds of the path, each number by the timeline that serves it. */
    SegmentRuns held(Region.Role role) {
        LivePath way = path.orElseThrow();
        SegmentRuns all = SegmentRuns.none();
        for (WalRun own : way.owned()) {
            List<WalRun> runs = inventory.runs(role, own.first().timeline(), way.segmentBytes());
            SegmentRuns its = SegmentRuns.none();
            for (WalRun run : runs) {
                its = its.union(SegmentRuns.range(run.first().number(), run.last().number()));
            }
            all =
                    all.union(
                            its.intersection(
                                    SegmentRuns.range(own.first().number(), own.last().number())));
        }
        return all;
    }

    private SegmentRuns elsewhere(Region.Role role) {
        return inventory.regions().stream()
                .map(RegionInventory::region)
                .filter(other -> other != role)
                .map(this::held)
                .reduce(SegmentRuns.none(), SegmentRuns::union);
    }

    private Coverage coverage(Region.Role role, SegmentRuns here) {
        LivePath way = path.orElseThrow();
        SegmentRuns there = elsewhere(role);
        boolean allAsked = inventory.unlisted().isEmpty();
        long lastHere = here.isEmpty() ? way.first() - 1 : here.last();
        SegmentRuns all = SegmentRuns.range(way.first(), way.last());
        List<Piece> pieces = new ArrayList<>();
        add(pieces, here.intersection(all), State.HELD);
        SegmentRuns other = all.minus(here).intersection(there);
        SegmentRuns tail = SegmentRuns.range(lastHere + 1, way.last());
        add(pieces, other.minus(tail), State.FROM_OTHER);
        add(pieces, other.intersection(tail), State.NOT_REPLICATED);
        add(pieces, all.minus(here).minus(there), allAsked ? State.MISSING : State.UNKNOWN);
        pieces.sort(Comparator.comparingLong(piece -> piece.run.first()));
        return build(pieces);
    }

    private record Piece(SegmentRuns.Run run, State state) {}

    private static void add(List<Piece> pieces, SegmentRuns runs, State state) {
        runs.runs().forEach(run -> pieces.add(new Piece(run, state)));
    }

    private Coverage build(List<Piece> pieces) {
        SegmentTimes clock = times.orElseThrow();
        var builder = new Coverage.Builder();
        for (Piece piece : pieces) {
            builder.add(
                    clock.start(piece.run.first()),
                    clock.end(piece.run.last()),
                    piece.state,
                    piece.run.count());
        }
        return builder.build();
    }

    private OptionalLong lag(SegmentRuns here) {
        LivePath way = path.orElseThrow();
        SegmentTimes clock = times.orElseThrow();
        if (here.isEmpty() || here.last() >= way.last()) {
            return OptionalLong.empty();
        }
        return LongStream.of(clock.end(way.last()) - clock.end(here.last()))
                .filter(lag -> lag > 0)
                .findFirst();
    }
}
