package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a timeline came to be: its ancestors, oldest first, each with the position where the next one
 * left it. Timelines and positions never go back.
 *
 * <p>Source: {@code src/backend/access/transam/timeline.c}, readTimeLineHistory and
 * writeTimeLineHistory.
 */
public record TimelineHistory(TimelineId timeline, List<Switch> switches) {
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,10})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(?:\\s+(.*))?");

    /**
     * The end of one timeline on the way to a later one.
     *
     * @param timeline the timeline that was left
     * @param at the first position that belongs to its successor
     * @param reason why, in the server's words
     */
    public record Switch(TimelineId timeline, Lsn at, String reason) {}

    public TimelineHistory {
        switches = List.copyOf(switches);
    }

    /** The history of a timeline that has no ancestor, as timeline 1. It has no file. */
    public static TimelineHistory root(TimelineId timeline) {
        return new TimelineHistory(timeline, List.of());
    }

    /**
     * Reads the content of {@code <timeline>.history}. As the server does, it passes over blank
     * lines and comments.
     *
     * @throws RecoveryException {@link ProblemCode#WAL_DAMAGED} when a line cannot be read,
     *     ancestors are not in ascending order and below {@code timeline}, or positions go back
     */
    public static TimelineHistory parse(TimelineId timeline, String content)
            throws RecoveryException {
        var switches = new ArrayList<Switch>();
        for (String line : content.split("\n", -1)) {
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Switch next = parseLine(timeline, line);
            Switch last = switches.isEmpty() ? null : switches.getLast();
            if (last != null && next.timeline.compareTo(last.timeline) <= 0) {
                throw damaged(timeline, line, "Its timeline is not above the one before it.");
            }
            if (last != null && next.at.isBefore(last.at)) {
                throw damaged(timeline, line, "Its position lies before the one above it.");
            }
            if (next.timeline.compareTo(timeline) >= 0) {
                throw damaged(
                        timeline, line, "An ancestor's number must be below " + timeline + ".");
            }
            switches.add(next);
        }
        return new TimelineHistory(timeline, switches);
    }

    private static Switch parseLine(TimelineId timeline, String line) throws RecoveryException {
        Matcher parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw damaged(
                    timeline,
                    line,
                    "A line holds a timeline, a position such as 16/B374D848, a reason.");
        }
        long parent = Long.parseLong(parts.group(1));
        if (parent < 1 || parent > 0xFFFFFFFFL) {
            throw damaged(timeline, line, parent + " is no timeline.");
        }
        String reason = parts.group(3) == null ? "" : parts.group(3).strip();
        return new Switch(new TimelineId(parent), Lsn.parse(parts.group(2)), reason);
    }

    private static RecoveryException damaged(TimelineId timeline, String line, String why) {
        String shown = line.length() > 100 ? line.substring(0, 100) + "..." : line;
        return new RecoveryException(
                ProblemCode.WAL_DAMAGED,
                "The history of timeline "
                        + timeline
                        + " has a line that cannot be true: '"
                        + shown
                        + "'.",
                why,
                "Compare "
                        + timeline.hex()
                        + ".history in both regions and in pg_wal of the server,"
                        + " and archive the good copy again.");
    }

    /** The timeline this one left; empty for a first one. */
    public Optional<Switch> parent() {
        return switches.isEmpty() ? Optional.empty() : Optional.of(switches.getLast());
    }

    /** Where this timeline begins: {@link Lsn#ZERO} for a first one. */
    public Lsn begin() {
        return switches.isEmpty() ? Lsn.ZERO : switches.getLast().at;
    }

    /** Whether that timeline is this one or an ancestor. */
    public boolean includes(TimelineId other) {
        return timeline.equals(other) || switches.stream().anyMatch(s -> s.timeline.equals(other));
    }

    /** The whole way from the first ancestor to this timeline. */
    public TimelinePath path() {
        var spans = new ArrayList<TimelinePath.Span>();
        Lsn from = Lsn.ZERO;
        for (Switch next : switches) {
            spans.add(new TimelinePath.Span(next.timeline, from, Optional.of(next.at)));
            from = next.at;
        }
        spans.add(new TimelinePath.Span(timeline, from, Optional.empty()));
        return new TimelinePath(spans);
    }
}
