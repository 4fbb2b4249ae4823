package dev.lifeboat.ui.timeline.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything the timeline shows, as it was found at one moment. Immutable.
 *
 * @param asOf when it was read
 * @param limits where there is something to see
 * @param marks in the order of {@link Mark#at}
 * @param wal the primary region's lane first
 * @param commits empty when no WAL was read for them
 * @param latest the last commit that can be recovered
 * @param exact whether that comes from the WAL itself; else it is when the last segment was stored
 * @param notices what an operator should know about how complete this is, full sentences
 */
public record TimelineData(
        long asOf,
        Span limits,
        List<Mark> marks,
        List<WalLane> wal,
        List<Branch> branches,
        List<GapMark> gaps,
        Optional<CommitHistogram> commits,
        Veils veils,
        OptionalLong latest,
        boolean exact,
        List<String> notices) {
    public TimelineData {
        marks = marks.stream().sorted(Comparator.comparingLong(Mark::at)).toList();
        wal = List.copyOf(wal);
        branches = List.copyOf(branches);
        gaps = gaps.stream().sorted(Comparator.comparingLong(gap -> gap.span().from())).toList();
        notices = List.copyOf(notices);
    }

    /** Nothing found, at a moment. */
    public static TimelineData empty(long asOf) {
        return new TimelineData(
                asOf,
                new Span(asOf - Micros.DAY, asOf),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Veils.none(),
                OptionalLong.empty(),
                false,
                List.of());
    }

    /** Whether there is neither a backup nor WAL. */
    public boolean isEmpty() {
        return marks.isEmpty() && wal.stream().allMatch(lane -> lane.coverage().isEmpty());
    }

    /** The lanes there is something to say about, from top to bottom. */
    public List<Lane> lanes() {
        return Arrays.stream(Lane.values()).filter(this::shows).toList();
    }

    private boolean shows(Lane lane) {
        return switch (lane) {
            case WAL_PRIMARY, WAL_DR -> wal.stream().anyMatch(wal -> wal.lane() == lane);
            default -> true;
        };
    }

    public Optional<WalLane> walLane(Lane lane) {
        return wal.stream().filter(wal -> wal.lane() == lane).findFirst();
    }

    /** The marks of one lane, in order. */
    public List<Mark> marksOf(Lane lane) {
        return marks.stream().filter(mark -> mark.lane() == lane).toList();
    }

    /** The first moment that can be recovered to; empty when there is none, or no beginning. */
    public OptionalLong oldest() {
        return veils.rest(Veil.NEVER).stream()
                .mapToLong(Veils.Rest::at)
                .filter(time -> time > Veil.NEVER)
                .findFirst();
    }

    /** The same with another set of marks of the given kinds, found later than the rest. */
    public TimelineData withMarks(Set<Mark.Kind> kinds, List<Mark> found) {
        List<Mark> all = new ArrayList<>(found);
        marks.stream().filter(mark -> !kinds.contains(mark.kind())).forEach(all::add);
        return new TimelineData(
                asOf, limits, all, wal, branches, gaps, commits, veils, latest, exact, notices);
    }

    /** The same with commits counted. */
    public TimelineData withCommits(CommitHistogram counted) {
        return new TimelineData(
                asOf,
                limits,
                marks,
                wal,
                branches,
                gaps,
                Optional.of(counted),
                veils,
                latest,
                exact,
                notices);
    }
}
