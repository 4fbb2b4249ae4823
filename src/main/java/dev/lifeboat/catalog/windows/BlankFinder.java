package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.index.SegmentEntry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says of every time between the live windows why it cannot be reached. For one use. */
final class BlankFinder {
    private final List<CatalogEntry> bases;
    private final WalHoldings holdings;
    private final List<Barrier> barriers;
    private final CommitSearch commits;
    private final TimelinePath path;
    private final List<Blank> blanks = new ArrayList<>();

    BlankFinder(
            List<CatalogEntry> bases,
            WalHoldings holdings,
            TimelineTree tree,
            List<Barrier> barriers,
            CommitSearch commits)
            throws RecoveryException {
        this.bases = bases;
        this.holdings = holdings;
        this.barriers = barriers;
        this.commits = commits;
        this.path = tree.pathTo(tree.timelines().last());
    }

    /** The answer when nothing can be reached. */
    static List<Blank> withoutBase() {
        return List.of(
                new Blank(
                        WhyNot.NO_BASE,
                        TimelineId.FIRST,
                        Optional.empty(),
                        Optional.empty(),
                        "There is no usable base to start from."));
    }

    /** In order; with the live windows they leave no time out. */
    List<Blank> between(List<TimedWindow> windows) throws CancelledException {
        List<TimedWindow> live =
                windows.stream()
                        .filter(timed -> !timed.window().abandoned())
                        .sorted(Comparator.comparing(timed -> timed.window().from()))
                        .toList();
        if (live.isEmpty()) {
            beforeAny();
            return blanks;
        }
        CatalogEntry first = opening(live.getFirst());
        base(first, Optional.empty(), WhyNot.BEFORE_FIRST_BASE, "No base is older.");
        for (int i = 0; i < live.size(); i++) {
            TimedWindow window = live.get(i);
            Optional<TimedWindow> next =
                    i + 1 < live.size() ? Optional.of(live.get(i + 1)) : Optional.empty();
            boolean goesOn =
                    next.filter(n -> n.window().from().equals(window.window().to())).isPresent();
            if (goesOn) {
                leftBranch(window, next.get(), windows);
            } else {
                behind(window, next);
            }
        }
        return blanks;
    }

    private void beforeAny() {
        boolean unknown = !holdings.unknown().isEmpty();
        add(
                unknown ? WhyNot.REGION_UNKNOWN : WhyNot.IN_GAP,
                path.target(),
                Optional.empty(),
                Optional.empty(),
                unknown
                        ? "The WAL that the bases need may lie in a region that does not answer."
                        : "No base has the WAL it needs itself.");
    }

    /** What comes before the end of a base, from where nothing else is told. */
    private void base(CatalogEntry base, Optional<Instant> after, WhyNot before, String because) {
        BaseFacts facts = base.facts().base().orElseThrow();
        var timeline = new TimelineId(Integer.toUnsignedLong(facts.timeline()));
        add(before, timeline, after, Optional.of(facts.startTime()), because);
        Instant start = after.filter(a -> a.isAfter(facts.startTime())).orElse(facts.startTime());
        add(
                WhyNot.INSIDE_BASE,
                timeline,
                Optional.of(start),
                Optional.of(facts.stopTime()),
                "The base " + base.id() + " was being taken: it is consistent only from its end.");
    }

    /** Between a fork and the first moment of the timeline that began there. */
    private void leftBranch(TimedWindow window, TimedWindow next, List<TimedWindow> all) {
        for (TimedWindow left : all) {
            boolean here =
                    left.window().abandoned()
                            && left.window().timeline().equals(window.window().timeline())
                            && left.window().from().equals(window.window().to());
            if (here) {
                add(
                        WhyNot.ON_LEFT_BRANCH,
                        left.window().timeline(),
                        Optional.of(left.from()),
                        Optional.of(next.from()),
                        "What was committed then lies on timeline "
                                + left.window().timeline()
                                + ", which was left: --timeline "
                                + left.window().timeline()
                                + " goes there.");
            }
        }
    }

    /** What follows a window that does not go on at once. */
    private void behind(TimedWindow window, Optional<TimedWindow> next) throws CancelledException {
        Optional<Instant> after = Optional.of(window.to().orElse(window.from()));
        Lsn end = window.window().to();
        Optional<Barrier> barrier =
                barriers.stream().filter(b -> b.at().equals(end) && b.isOn(path)).findFirst();
        if (barrier.isPresent()) {
            String because =
                    barrier.get().why() == WhyNot.WAL_LEVEL_MINIMAL
                            ? "From " + end + " on the server ran with wal_level=minimal."
                            : "The log is damaged from " + end + " on.";
            until(next, after, barrier.get().why(), because);
            return;
        }
        SegmentRuns there = ofPath(end);
        if (there.isEmpty()) {
            String because = "Nothing later was committed, as far as the archive goes.";
            until(next, after, WhyNot.AFTER_LAST_COMMIT, because);
            return;
        }
        gap(after, end, there.first(), next);
    }

    private void gap(Optional<Instant> after, Lsn end, long goesOnAt, Optional<TimedWindow> next)
            throws CancelledException {
        long missing = WalSegment.containing(end, path.target(), size()).number();
        Optional<Instant> again = firstTime(path.candidates(goesOnAt, size()).getFirst());
        WhyNot why = holdings.unknown().isEmpty() ? WhyNot.IN_GAP : WhyNot.REGION_UNKNOWN;
        String from = path.candidates(missing, size()).getFirst().name();
        String in =
                why == WhyNot.IN_GAP
                        ? "Segment " + from + " is in no region."
                        : "Segment " + from + " may lie in a region that does not answer.";
        if (again.isEmpty()) {
            until(next, after, why, in);
            return;
        }
        add(why, path.at(end), after, again, in);
        Optional<Instant> on =
                again.filter(time -> time.isAfter(after.orElseThrow())).or(() -> after);
        until(
                next,
                on,
                why == WhyNot.IN_GAP ? WhyNot.BEHIND_GAP : why,
                "Replay would have to pass segment "
                        + from
                        + ", and no newer base begins behind it.");
    }

    /** When something ended again behind a gap; empty when that segment does not say. */
    private Optional<Instant> firstTime(WalSegment segment) throws CancelledException {
        try {
            return commits.entry(segment.timeline(), segment.number())
                    .flatMap(SegmentEntry::ended)
                    .map(SegmentEntry.Ended::earliest);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unreadable) {
            return Optional.empty();
        }
    }

    /** Up to the next base, or for ever. */
    private void until(
            Optional<TimedWindow> next, Optional<Instant> after, WhyNot why, String because) {
        if (next.isPresent()) {
            base(opening(next.get()), after, why, because);
        } else {
            add(why, path.target(), after, Optional.empty(), because);
        }
    }

    /** The segments of the path that lie behind a position and are there. */
    private SegmentRuns ofPath(Lsn position) {
        long from = WalSegment.endingAt(position, path.target(), size()).number() + 1;
        SegmentRuns all = SegmentRuns.none();
        List<TimelinePath.Span> spans = path.spans();
        for (int i = 0; i < spans.size(); i++) {
            TimelineId timeline = spans.get(i).timeline();
            long first = number(spans.get(i).from());
            long last =
                    i + 1 < spans.size() ? number(spans.get(i + 1).from()) - 1 : Long.MAX_VALUE - 1;
            all =
                    all.union(
                            holdings.anywhere(timeline)
                                    .intersection(SegmentRuns.range(Math.max(first, from), last)));
        }
        return all;
    }

    private long number(Lsn lsn) {
        return WalSegment.containing(lsn, path.target(), size()).number();
    }

    private int size() {
        return holdings.segmentBytes();
    }

    private CatalogEntry opening(TimedWindow window) {
        String id = window.window().bases().getFirst();
        return bases.stream().filter(base -> base.id().equals(id)).findFirst().orElseThrow();
    }

    private void add(
            WhyNot why,
            TimelineId timeline,
            Optional<Instant> after,
            Optional<Instant> until,
            String because) {
        boolean empty =
                after.isPresent() && until.filter(to -> !to.isAfter(after.get())).isPresent();
        if (!empty) {
            blanks.add(new Blank(why, timeline, after, until, because));
        }
    }
}
