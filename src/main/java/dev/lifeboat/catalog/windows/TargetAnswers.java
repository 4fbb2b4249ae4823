package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.windows.TargetAnswer.Count;
import dev.lifeboat.catalog.windows.TargetAnswer.Reachable;
import dev.lifeboat.catalog.windows.TargetAnswer.Unreachable;
import dev.lifeboat.catalog.windows.TargetAnswer.Work;
import dev.lifeboat.catalog.windows.WayFinder.Way;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.SegmentEntry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells what recovery to a target would bring: base, path, work, the last transaction that will be
 * there, and what is lost. From the index alone, without any request, unless asked to be exact; a
 * restore never relies on it, since where replay ends is decided from the WAL itself.
 *
 * <p>A time counts as {@code recovery_target_time} does: replay stops before the first commit or
 * abort that is later (exclusive: not earlier), whatever clocks did before. Safe for many threads.
 */
public final class TargetAnswers {
    private final WayFinder ways;
    private final WalHoldings holdings;
    private final List<Barrier> barriers;
    private final IndexedWal wal;
    private final RecoveryTimeline timeline;

    /**
     * @param bases usable ones of one cluster
     */
    TargetAnswers(
            List<CatalogEntry> bases,
            WalHoldings holdings,
            TimelineTree tree,
            List<Barrier> barriers,
            IndexedWal wal,
            RecoveryTimeline timeline) {
        this.ways = new WayFinder(bases, holdings, tree, barriers, wal);
        this.holdings = holdings;
        this.barriers = barriers;
        this.wal = wal;
        this.timeline = timeline;
    }

    /** Where a target lies in a chain. */
    private record Place(Optional<WalSegment> segment, Cut cut) {}

    /**
     * Recovery to a time.
     *
     * @param inclusive whether what ended at exactly that time is wanted
     * @param wanted the timeline to follow; empty for the newest that the base can be followed to
     */
    public TargetAnswer at(Instant time, boolean inclusive, Optional<TimelineId> wanted) {
        try {
            return at(time, inclusive, wanted, false);
        } catch (RecoveryException impossible) {
            throw new IllegalStateException("nothing was to be read", impossible);
        }
    }

    /**
     * The same, reading the segment that the target lies in where the index does not tell enough.
     *
     * @throws RecoveryException when that segment cannot be fetched or read
     */
    public TargetAnswer exactlyAt(Instant time, boolean inclusive, Optional<TimelineId> wanted)
            throws RecoveryException {
        return at(time, inclusive, wanted, true);
    }

    private TargetAnswer at(
            Instant target, boolean inclusive, Optional<TimelineId> wanted, boolean read)
            throws RecoveryException {
        Instant time = target.truncatedTo(ChronoUnit.MICROS);
        Instant limit = inclusive ? time : time.minusNanos(1000);
        Optional<Way> way =
                ways.find(wanted, base -> !WayFinder.facts(base).stopTime().isAfter(time));
        return way.isPresent() ? at(way.get(), time, limit, inclusive, read) : unreachable(time);
    }

    private TargetAnswer at(Way way, Instant time, Instant limit, boolean inclusive, boolean read)
            throws RecoveryException {
        if (!way.run().reaches(way.stop())) {
            return unreachable(time);
        }
        Optional<SegmentEntry> beyond = way.chain().firstBeyond(limit);
        if (beyond.isPresent()) {
            WalSegment segment = beyond.get().segment();
            Cut cut = Cut.at(beyond.get(), limit);
            if (cut.atLeast() && read) {
                TransactionLog endings = endings(way, segment);
                cut = Cut.at(endings, endings.firstLeftOut(time, inclusive));
            }
            return reached(way, new Place(Optional.of(segment), cut));
        }
        boolean atLast = inclusive && way.chain().lastEnd().filter(time::equals).isPresent();
        return atLast ? reached(way, new Place(Optional.empty(), whole(way))) : unreachable(time);
    }

    /**
     * Recovery to a position.
     *
     * @param inclusive whether the record that starts at or behind it is wanted
     * @param wanted the timeline to follow; empty for the newest that the base can be followed to
     */
    public TargetAnswer at(Lsn position, boolean inclusive, Optional<TimelineId> wanted) {
        try {
            return at(position, inclusive, wanted, false);
        } catch (RecoveryException impossible) {
            throw new IllegalStateException("nothing was to be read", impossible);
        }
    }

    /**
     * The same, reading the segment that the target lies in where the index does not tell enough.
     *
     * @throws RecoveryException when that segment cannot be fetched or read
     */
    public TargetAnswer exactlyAt(Lsn position, boolean inclusive, Optional<TimelineId> wanted)
            throws RecoveryException {
        return at(position, inclusive, wanted, true);
    }

    private TargetAnswer at(
            Lsn position, boolean inclusive, Optional<TimelineId> wanted, boolean read)
            throws RecoveryException {
        Optional<Way> way =
                ways.find(wanted, base -> !WayFinder.facts(base).stopLsn().isAfter(position));
        return way.isPresent()
                ? at(way.get(), inclusive ? position.plus(1) : position, read)
                : unreachable(WhyNot.BEFORE_FIRST_BASE, "No base ended before " + position + ".");
    }

    private TargetAnswer at(Way way, Lsn limit, boolean read) throws RecoveryException {
        long number =
                WalSegment.endingAt(limit, TimelineId.FIRST, holdings.segmentBytes()).number();
        Optional<WalSegment> segment = way.chain().segment(number);
        if (segment.isEmpty() || limit.isAfter(way.end())) {
            return unreachable(way);
        }
        Cut cut =
                wal.index()
                        .entry(segment.get())
                        .map(entry -> Cut.at(entry, limit))
                        .orElse(new Cut(new Count(0, 0), Optional.empty(), true, limit));
        if (cut.atLeast() && read) {
            TransactionLog endings = endings(way, segment.get());
            int out = 0;
            while (out < endings.size() && endings.start(out).isBefore(limit)) {
                out++;
            }
            cut = Cut.at(endings, out);
        }
        return reached(way, new Place(segment, cut));
    }

    /** Recovery to the last record of the archive. */
    public TargetAnswer latest(Optional<TimelineId> wanted) {
        Optional<Way> way = ways.find(wanted, _ -> true);
        if (way.isEmpty()) {
            return unreachable(WhyNot.NO_BASE, "No base leads to that timeline.");
        }
        boolean whole =
                way.get().run().reaches(way.get().stop())
                        && !way.get().run().hole().archiveGoesOn();
        return whole
                ? reached(way.get(), new Place(Optional.empty(), whole(way.get())))
                : unreachable(way.get());
    }

    /** All that can be replayed; a log that is damaged in its last segment ends there. */
    private static Cut whole(Way way) {
        Lsn end = way.run().end(way.stop());
        boolean tornEnd =
                way.end().isBefore(end)
                        && !way.end().isBefore(way.run().runs().getLast().last().start());
        return new Cut(new Count(0, 0), way.chain().lastCommit(), false, tornEnd ? way.end() : end);
    }

    private TargetAnswer reached(Way way, Place place) {
        IndexedChain chain = way.chain();
        boolean inside = place.segment().isPresent();
        long number = place.segment().map(WalSegment::number).orElse(Long.MAX_VALUE - 1);
        if (place.cut().reach().isAfter(way.end())) {
            return unreachable(way);
        }
        IndexedChain behind = chain.behind(number);
        long inSegment =
                place.segment().flatMap(wal.index()::entry).map(SegmentEntry::commits).orElse(0L);
        Cut cut = place.cut();
        IndexedChain replayed = chain.before(inside ? number + 1 : Long.MAX_VALUE);
        long unread = chain.unread();
        Optional<IndexedCommit> included =
                cut.last().isPresent() ? cut.last() : chain.before(number).lastCommit();
        return new Reachable(
                way.base().id(),
                way.path().spans().stream().map(TimelinePath.Span::timeline).toList(),
                work(way, replayed),
                included,
                chain.lastCommit(),
                inside
                        ? new Count(
                                behind.commits() + inSegment - cut.included().most(),
                                behind.commits() + inSegment - cut.included().least())
                        : new Count(0, 0),
                !cut.atLeast() && unread == 0,
                unread);
    }

    private Work work(Way way, IndexedChain replayed) {
        return new Work(
                way.base().facts().storedBytes(),
                way.base().facts().plainBytes().orElse(0),
                replayed.segments(),
                replayed.segments() * holdings.segmentBytes(),
                replayed.storedBytes());
    }

    private TransactionLog endings(Way way, WalSegment segment) throws RecoveryException {
        return wal.endings(segment, way.chain().segment(segment.number() + 1));
    }

    private TargetAnswer unreachable(Instant time) {
        Optional<Blank> blank = timeline.blanks().stream().filter(b -> b.holds(time)).findFirst();
        Optional<Instant> before =
                timeline.live().stream()
                        .flatMap(window -> window.to().stream())
                        .filter(end -> !end.isAfter(time))
                        .max(Comparator.naturalOrder());
        Optional<Instant> after =
                timeline.live().stream()
                        .map(RecoveryTimeline.TimedWindow::from)
                        .filter(from -> from.isAfter(time))
                        .min(Comparator.naturalOrder());
        return new Unreachable(
                blank.map(Blank::why).orElse(WhyNot.AFTER_LAST_COMMIT),
                blank.map(Blank::because)
                        .orElse("Nothing later was committed, as far as the WAL goes."),
                before,
                after);
    }

    private TargetAnswer unreachable(Way way) {
        Optional<Barrier> barrier =
                barriers.stream()
                        .filter(b -> b.at().equals(way.end()) && b.isOn(way.path()))
                        .findFirst();
        String end = "Replay from the base " + way.base().id() + " ends at " + way.end() + ".";
        if (barrier.isPresent()) {
            return unreachable(barrier.get().why(), end);
        }
        boolean hole = way.run().hole().archiveGoesOn();
        boolean unknown = !way.run().hole().unknownIn().isEmpty();
        WhyNot behindHole = unknown ? WhyNot.REGION_UNKNOWN : WhyNot.IN_GAP;
        return unreachable(hole ? behindHole : WhyNot.AFTER_LAST_COMMIT, end);
    }

    private Unreachable unreachable(WhyNot why, String because) {
        return new Unreachable(why, because, Optional.empty(), Optional.empty());
    }
}
