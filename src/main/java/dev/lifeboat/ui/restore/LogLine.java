package dev.lifeboat.ui.restore;

import dev.lifeboat.journal.Event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of a restore's log: an event of its journal, as text.
 *
 * @param text the event's name and its details
 */
record LogLine(Instant at, Level level, String text) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Set<String> BAD = Set.of("failed");
    private static final Set<String> ODD =
            Set.of("frame-refused", "started-over", "limits-raised", "not-durable", "stopped");

    /** How much it matters. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    static LogLine of(Event event) {
        Level level =
                BAD.contains(event.name())
                        ? Level.ERROR
                        : ODD.contains(event.name()) ? Level.WARN : Level.INFO;
        String details =
                event.fields().entrySet().stream()
                        .filter(field -> field.getValue() != null)
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("  "));
        return new LogLine(
                event.at(),
                level,
                details.isEmpty() ? event.name() : event.name() + "  " + details);
    }

    /** When, in UTC to the millisecond, so that the lines stand below each other. */
    String time() {
        return TIME.format(at);
    }

    /** Whether it is worth at least this level and holds the words. */
    boolean passes(Level atLeast, String words) {
        return level.compareTo(atLeast) >= 0
                && (words.isBlank()
                        || text.toLowerCase(Locale.ROOT)
                                .contains(words.strip().toLowerCase(Locale.ROOT)));
    }
}
