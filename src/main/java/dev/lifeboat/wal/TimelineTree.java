package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All timelines of a cluster and where each left its parent, put together from history files. The
 * files agree with one another.
 */
public final class TimelineTree {
    private final SortedMap<TimelineId, TimelineHistory> histories;
    private final SortedSet<TimelineId> withoutHistory;

    private TimelineTree(
            SortedMap<TimelineId, TimelineHistory> histories,
            SortedSet<TimelineId> withoutHistory) {
        this.histories = histories;
        this.withoutHistory = withoutHistory;
    }

    /**
     * Puts the timelines of an archive together.
     *
     * @param files the history files there are
     * @param seen timelines that segments were seen of; an ancestor whose own file is gone is
     *     derived from its descendants' files
     * @throws RecoveryException {@link ProblemCode#WAL_CONFLICT} when two files tell the same
     *     ancestor's story differently
     */
    public static TimelineTree of(Collection<TimelineHistory> files, Collection<TimelineId> seen)
            throws RecoveryException {
        var histories = new TreeMap<TimelineId, TimelineHistory>();
        for (TimelineHistory file : files) {
            add(histories, file);
            for (int length = file.switches().size(); length > 0; length--) {
                TimelineId ancestor = file.switches().get(length - 1).timeline();
                add(
                        histories,
                        new TimelineHistory(ancestor, file.switches().subList(0, length - 1)));
            }
        }
        histories.putIfAbsent(TimelineId.FIRST, TimelineHistory.root(TimelineId.FIRST));
        var unknown = new TreeSet<>(seen);
        unknown.removeAll(histories.keySet());
        return new TimelineTree(histories, unknown);
    }

    private static void add(SortedMap<TimelineId, TimelineHistory> all, TimelineHistory one)
            throws RecoveryException {
        TimelineHistory known = all.putIfAbsent(one.timeline(), one);
        if (known != null && !points(known).equals(points(one))) {
            throw new RecoveryException(
                    ProblemCode.WAL_CONFLICT,
                    "Two histories of timeline " + one.timeline() + " contradict each other.",
                    "One says it came by " + told(known) + ", the other by " + told(one) + ".",
                    "Two servers were promoted to the same timeline, or clusters are mixed: keep"
                            + " their archives apart by a prefix, or remove the file that is wrong.");
        }
    }

    private static List<Lsn> points(TimelineHistory history) {
        return history.switches().stream()
                .flatMap(s -> List.of(new Lsn(s.timeline().value()), s.at()).stream())
                .toList();
    }

    private static String told(TimelineHistory history) {
        return history.switches().isEmpty()
                ? "no other timeline"
                : history.switches().stream()
                        .map(s -> s.timeline() + " up to " + s.at())
                        .collect(Collectors.joining(", "));
    }

    /** All timelines whose way is known, ascending. */
    public SortedSet<TimelineId> timelines() {
        return new TreeSet<>(histories.keySet());
    }

    /** Timelines of which there are segments but no history: nobody knows where they came from. */
    public SortedSet<TimelineId> withoutHistory() {
        return new TreeSet<>(withoutHistory);
    }

    public Optional<TimelineHistory> history(TimelineId timeline) {
        return Optional.ofNullable(histories.get(timeline));
    }

    /** The timelines that left this one directly, ascending. */
    public List<TimelineHistory> forksOf(TimelineId timeline) {
        return histories.values().stream()
                .filter(h -> h.parent().filter(p -> p.timeline().equals(timeline)).isPresent())
                .toList();
    }

    /**
     * The way to a timeline.
     *
     * @throws RecoveryException {@link ProblemCode#TARGET_OTHER_TIMELINE} when nothing tells how it
     *     came to be
     */
    public TimelinePath pathTo(TimelineId target) throws RecoveryException {
        TimelineHistory history = histories.get(target);
        if (history == null) {
            throw new RecoveryException(
                    ProblemCode.TARGET_OTHER_TIMELINE,
                    "Timeline " + target + " cannot be followed.",
                    "There is no " + target.hex() + ".history in the archive.",
                    "Archive that file from pg_wal of the server that was promoted, or choose one of"
                            + " the timelines "
                            + listed()
                            + " with --timeline.");
        }
        return history.path();
    }

    /**
     * The way to a timeline, for a backup that ended at {@code stop} on {@code base}.
     *
     * @throws RecoveryException {@link ProblemCode#TARGET_OTHER_TIMELINE} when the target's way is
     *     unknown or leads past that backup
     */
    public TimelinePath pathTo(TimelineId target, TimelineId base, Lsn stop)
            throws RecoveryException {
        TimelinePath path = pathTo(target);
        if (!path.canStartAt(base, stop)) {
            throw new RecoveryException(
                    ProblemCode.TARGET_OTHER_TIMELINE,
                    "Timeline " + target + " cannot be reached from this base backup.",
                    "The backup ended at "
                            + stop
                            + " on timeline "
                            + base
                            + ", and timeline "
                            + target
                            + " came by "
                            + told(histories.get(target))
                            + ".",
                    "Choose a base backup that ended before the fork, or the timeline "
                            + base
                            + " with --timeline "
                            + base
                            + ".");
        }
        return path;
    }

    private String listed() {
        return histories.keySet().stream()
                .map(TimelineId::toString)
                .collect(Collectors.joining(", "));
    }
}
