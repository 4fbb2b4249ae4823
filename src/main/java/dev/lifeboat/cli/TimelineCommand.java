package dev.lifeboat.cli;

import dev.lifeboat.catalog.windows.Blank;
import dev.lifeboat.catalog.windows.Gap;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code timeline}: to when one can go back. */
@Command(
        name = "timeline",
        description = {
            "Shows to when the cluster can be brought back: the windows, the gaps of each region,"
                    + " the timelines, the last commit that can be recovered.",
            "A window reaches from the end of a base over WAL without a gap."
        },
        footer = {
            "",
            "For example:  lifeboat timeline --from '2026-04-07 12:00:00'",
            "Times marked ~ are when an object was stored: the last commit lies before them."
        })
final class TimelineCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only windows that reach beyond this time.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Only windows that begin by this time.")
    private String to;

    TimelineCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Optional<Instant> earliest = TimeOption.read("--from", from, session.output());
        Optional<Instant> latest = TimeOption.read("--to", to, session.output());
        try (Engine engine = session.engine(RegionChoice.AUTO)) {
            var listing = engine.catalog().load(session.cancel());
            RecoveryTimeline timeline = engine.windows().read(listing, session.cancel());
            List<TimedWindow> shown =
                    timeline.windows().stream()
                            .filter(window -> overlaps(window, earliest, latest))
                            .toList();
            session.output().result(TimelineJson.of(timeline, shown), () -> text(timeline, shown));
        }
        return 0;
    }

    private static boolean overlaps(
            TimedWindow window, Optional<Instant> earliest, Optional<Instant> latest) {
        boolean early = latest.isPresent() && window.from().isAfter(latest.get());
        boolean late =
                earliest.isPresent()
                        && window.to().filter(end -> end.isBefore(earliest.get())).isPresent();
        return !early && !late;
    }

    private String text(RecoveryTimeline timeline, List<TimedWindow> shown) {
        StringBuilder text = new StringBuilder(windows(shown));
        if (!timeline.gaps().isEmpty()) {
            text.append("\n\n").append(gaps(timeline.gaps()));
        }
        if (timeline.timelines().timelines().size() > 1) {
            text.append("\n\n").append(ForkText.of(timeline.timelines()));
        }
        if (!timeline.blanks().isEmpty()) {
            text.append("\n\n").append(blanks(timeline.blanks()));
        }
        text.append("\n\nLatest recoverable commit: ")
                .append(timeline.latestRecoverable().map(this::time).orElse("not known"));
        timeline.dataLoss()
                .ifPresent(
                        loss ->
                                text.append("\nLost if it were lost now: ")
                                        .append(TimeSpan.told(loss)));
        timeline.unreachable()
                .values()
                .forEach(problem -> text.append("\nNote: ").append(problem.what()));
        timeline.notes().forEach(note -> text.append("\nNote: ").append(note));
        return text.toString();
    }

    private String windows(List<TimedWindow> shown) {
        if (shown.isEmpty()) {
            return "No moment can be recovered to.";
        }
        Table table = new Table("FROM", "TO", "TIMELINE", "BASE", "POSITIONS");
        for (TimedWindow timed : shown) {
            table.add(
                    time(timed.from()),
                    timed.to().map(end -> (timed.exact() ? "" : "~ ") + time(end)).orElse("?"),
                    timed.window().timeline()
                            + (timed.window().abandoned() ? " (left behind)" : ""),
                    bases(timed.window().bases()),
                    timed.window().from() + " - " + timed.window().to());
        }
        return table.text();
    }

    private static String bases(List<String> bases) {
        return bases.getFirst() + (bases.size() > 1 ? " and " + (bases.size() - 1) + " more" : "");
    }

    private String blanks(List<Blank> blanks) {
        Table table = new Table("NOT FROM", "TO", "WHY");
        for (Blank blank : blanks) {
            table.add(
                    blank.after().map(this::time).orElse("ever"),
                    blank.until().map(this::time).orElse("now"),
                    blank.because());
        }
        return table.text();
    }

    private static String gaps(List<Gap> gaps) {
        Table table = new Table("GAP", "SEGMENTS", "MISSING IN", "FILLABLE FROM");
        for (Gap gap : gaps) {
            table.add(
                    gap.first().name() + " - " + gap.last().name(),
                    Long.toString(gap.segments()),
                    gap.missingIn().stream()
                            .map(Region.Role::toString)
                            .sorted()
                            .collect(Collectors.joining(", ")),
                    gap.fillableFrom().map(Region.Role::toString).orElse("nowhere"));
        }
        return table.text();
    }

    private String time(Instant instant) {
        return Timestamps.both(instant, session.zone());
    }
}
