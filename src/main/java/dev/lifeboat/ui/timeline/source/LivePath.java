package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The segments of the way to the newest timeline, as one row of numbers: each number is served by
 * the file of one timeline.
 *
 * @param first the first number there is something to say about
 * @param last the last one; before {@code first} when there is nothing
 */
record LivePath(TimelinePath path, int segmentBytes, long first, long last) {
    /** Empty without a usable base: nothing then says how large a segment is. */
    static Optional<LivePath> of(Gathered found) throws RecoveryException {
        List<BaseFacts> bases = bases(found);
        if (bases.isEmpty() || found.recovery().timelines().timelines().isEmpty()) {
            return Optional.empty();
        }
        int size = bases.getFirst().walSegmentBytes();
        TimelinePath path =
                found.recovery()
                        .timelines()
                        .pathTo(found.recovery().timelines().timelines().last());
        var all = new LivePath(path, size, 0, Long.MAX_VALUE - 1);
        OptionalLong needed =
                bases.stream()
                        .filter(base -> path.canStartAt(timeline(base), base.stopLsn()))
                        .mapToLong(base -> all.number(base.startLsn()))
                        .min();
        long last = all.heldNumbers(found.inventory()).max().orElse(-1);
        long first = needed.orElseGet(() -> all.heldNumbers(found.inventory()).min().orElse(0));
        return Optional.of(new LivePath(path, size, first, last));
    }

    private static List<BaseFacts> bases(Gathered found) {
        return found.catalog().ofKind(BackupKind.BASE).stream()
                .filter(CatalogEntry::isUsable)
                .flatMap(entry -> entry.facts().base().stream())
                .toList();
    }

    static TimelineId timeline(BaseFacts base) {
        return new TimelineId(Integer.toUnsignedLong(base.timeline()));
    }

    /** The ends of the runs that are held, cut to what each timeline serves. */
    private LongStream heldNumbers(WalInventory inventory) {
        return owned().stream()
                .flatMap(
                        own ->
                                inventory.runs(own.first().timeline(), segmentBytes).stream()
                                        .flatMap(run -> cut(run, own)))
                .flatMapToLong(run -> LongStream.of(run.first().number(), run.last().number()));
    }

    private Stream<WalRun> cut(WalRun run, WalRun own) {
        long from = Math.max(run.first().number(), own.first().number());
        long to = Math.min(run.last().number(), own.last().number());
        return from > to
                ? Stream.empty()
                : Stream.of(
                        new WalRun(
                                segment(own.first().timeline(), from),
                                segment(own.first().timeline(), to)));
    }

    private WalSegment segment(TimelineId timeline, long number) {
        return new WalSegment(timeline, number, segmentBytes);
    }

    /** What each timeline of the path serves, oldest first; the server takes the newer file. */
    List<WalRun> owned() {
        List<WalRun> all = new ArrayList<>();
        long most = -1L >>> Integer.numberOfTrailingZeros(segmentBytes);
        List<TimelinePath.Span> spans = path.spans();
        for (int i = 0; i < spans.size(); i++) {
            TimelineId timeline = spans.get(i).timeline();
            long from = Math.max(first, number(spans.get(i).from()));
            long to =
                    i + 1 == spans.size()
                            ? Math.min(last, most)
                            : Math.min(last, number(spans.get(i + 1).from()) - 1);
            if (from <= to) {
                all.add(new WalRun(segment(timeline, from), segment(timeline, to)));
            }
        }
        return all;
    }

    long number(Lsn lsn) {
        return lsn.value() >>> Integer.numberOfTrailingZeros(segmentBytes);
    }

    boolean isEmpty() {
        return last < first;
    }

    int count() {
        return isEmpty() ? 0 : Math.toIntExact(last - first + 1);
    }
}
