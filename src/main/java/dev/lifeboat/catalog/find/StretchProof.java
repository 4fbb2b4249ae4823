package dev.lifeboat.catalog.find;

import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.find.HarmKind;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the index proves of the segments of a stretch. Only entries that describe the very objects
 * which the archive was seen to hold are in the index; what it does not know, or knows in part, is
 * not proven.
 */
final class StretchProof {
    private final Stretch stretch;
    private final List<WalSegment> segments;
    private final WalIndex index;

    StretchProof(Stretch stretch, WalIndex index) {
        this.stretch = stretch;
        this.segments = stretch.segments();
        this.index = index;
    }

    List<WalSegment> segments() {
        return segments;
    }

    /**
     * The entry of a segment that starts some record, is valid to its end and goes on in the next
     * one of the stretch.
     */
    private Optional<SegmentEntry> whole(int place) {
        boolean goesOn =
                place + 1 < segments.size()
                        && segments.get(place + 1).equals(segments.get(place).next());
        return goesOn
                ? index.entry(segments.get(place))
                        .filter(entry -> entry.isFinal() && entry.records().isPresent())
                : Optional.empty();
    }

    /** The entry of a segment in which nothing is defined, named or dropped. */
    Optional<SegmentEntry> withoutDefinitions(int place) {
        return whole(place).filter(entry -> entry.absent().definitions());
    }

    /**
     * The entry of a segment that adds nothing to what is asked for. The first and the last of a
     * stretch, and those that lie on an edge of what is asked for, are read: their commits count in
     * part.
     */
    Optional<SegmentEntry> withoutHarm(int place, FindRequest request, boolean rows) {
        return place == 0
                ? Optional.empty()
                : withoutDefinitions(place)
                        .filter(entry -> !rows || isWithoutRows(entry, request))
                        .filter(entry -> !isOnAnEdge(entry, request));
    }

    /** Whether updated and deleted rows are asked for. */
    static boolean asksForRows(FindRequest request) {
        return request.kinds().contains(HarmKind.DELETE)
                || request.kinds().contains(HarmKind.UPDATE);
    }

    private static boolean isWithoutRows(SegmentEntry entry, FindRequest request) {
        return entry.absent().changes()
                || (entry.absent().largeChanges()
                        && request.fewestRows() >= SegmentEntry.Absent.LARGE);
    }

    private boolean isOnAnEdge(SegmentEntry entry, FindRequest request) {
        WalSegment segment = entry.segment();
        return (segment.start().isBefore(stretch.from()) && stretch.from().isBefore(segment.end()))
                || request.from().filter(edge -> crosses(entry, edge)).isPresent()
                || request.to().filter(edge -> crosses(entry, edge)).isPresent()
                || request.to()
                        .map(edge -> edge.plus(TransactionFinder.LEEWAY))
                        .filter(edge -> crosses(entry, edge))
                        .isPresent();
    }

    private static boolean crosses(SegmentEntry entry, Instant edge) {
        return entry.ended()
                .filter(ends -> !ends.earliest().isAfter(edge) && !ends.latest().isBefore(edge))
                .isPresent();
    }

    /**
     * The place of the first segment in which something ended later than a time; the last place
     * when nothing did; empty when the index does not know all segments before it.
     */
    Optional<Integer> firstBeyond(Instant time) {
        for (int place = 0; place < segments.size(); place++) {
            Optional<SegmentEntry> entry = index.entry(segments.get(place));
            if (place + 1 == segments.size() || entry.filter(e -> isBeyond(e, time)).isPresent()) {
                return Optional.of(place);
            }
            if (entry.filter(SegmentEntry::isFinal).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isBeyond(SegmentEntry entry, Instant time) {
        return entry.ended().filter(ends -> ends.latest().isAfter(time)).isPresent();
    }

    /** The last place from which on there are so many commits before another place; 0 at least. */
    int placeWithCommits(int before, long count) {
        long commits = 0;
        int place = before;
        while (place > 0 && commits < count) {
            place--;
            commits += index.entry(segments.get(place)).map(SegmentEntry::commits).orElse(0L);
        }
        return place;
    }
}
